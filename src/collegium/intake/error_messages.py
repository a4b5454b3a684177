"""What a schema asks for, in the words of somebody who writes a pack, not of JSON Schema."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from jsonschema.exceptions import ValidationError

from collegium.intake.located_yaml import KeyPath
from collegium.intake.wording import closest_match, join_words, quoted, suggestion


@dataclass(frozen=True)
class Violation:
    """One fault of an item: `path` within it; `on_key` where the key itself is at fault, not its value."""

    path: KeyPath
    found: str
    expected: str
    on_key: bool = False


def violations(error: ValidationError) -> Iterator[Violation]:
    """All that `error` says, in sentences."""
    yield from _WORDINGS.get(str(error.validator), _otherwise)(error)


def _path(error: ValidationError) -> KeyPath:
    return tuple(error.absolute_path)


def _given(error: ValidationError) -> Any:
    return error.instance


def _wanted(error: ValidationError) -> Any:
    return error.validator_value


def _schema(error: ValidationError) -> dict[str, Any]:
    return error.schema if isinstance(error.schema, dict) else {}


def _explained(schema: Any) -> str:
    """What the schema itself tells people about a value: its description and its examples."""
    if not isinstance(schema, dict):
        return ""
    line = [str(schema["description"]).rstrip(".") + "."] if schema.get("description") else []
    if schema.get("examples"):
        line.append(f"For example: {join_words(map(quoted, schema['examples'][:3]), 'or')}.")
    return "".join(f" {sentence}" for sentence in line)


def _says(error: ValidationError, expected: str) -> Iterator[Violation]:
    yield Violation(_path(error), quoted(_given(error)), expected + _explained(_schema(error)))


# Types

_KINDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a group of keys",
    "null": "nothing",
}
_HOW = {
    "string": "Write text behind the colon",
    "integer": "Write digits only, without quotes",
    "number": "Write digits, with a point for fractions, without quotes",
    "boolean": "Write true or false, without quotes",
    "array": 'Write each of its items on a line of its own behind a hyphen: "- …"',
    "object": 'Write lines such as "key: value" below it, indented by two spaces',
    "null": "Leave it empty",
}


def _types(error: ValidationError) -> list[str]:
    wanted = _wanted(error)
    return [wanted] if isinstance(wanted, str) else list(wanted)


def _type(error: ValidationError) -> Iterator[Violation]:
    return _says(error, _not_of(_given(error), _types(error)))


def _not_of(instance: Any, wanted: list[str]) -> str:
    kinds = join_words([_KINDS.get(kind, kind) for kind in wanted], "or")
    how = f" {_HOW[wanted[0]]}." if wanted[0] in _HOW else ""
    if instance is None:
        return f"Nothing stands here, where {kinds} should be.{how}"
    return f"{quoted(instance)} is not {kinds}.{how}"


# Choices


def _enum(error: ValidationError) -> Iterator[Violation]:
    choices = list(_wanted(error))
    written = join_words(map(_as_written, choices), "or")
    if _given(error) is None:
        return _says(error, f"Nothing stands here. Write {written}.")
    meant = suggestion(_given(error), map(str, choices)) if isinstance(_given(error), str) else ""
    return _says(error, f"{quoted(_given(error))} is not one of {written}.{meant}")


def _const(error: ValidationError) -> Iterator[Violation]:
    return _says(
        error,
        f"{quoted(_given(error))} cannot stand here, only {_as_written(_wanted(error))}.",
    )


def _as_written(choice: Any) -> str:
    return choice if isinstance(choice, str) else json.dumps(choice)


# Keys of a group


def _required(error: ValidationError) -> Iterator[Violation]:
    properties = _schema(error).get("properties", {})
    for key in _wanted(error):
        if key not in _given(error):
            explained = _explained(properties.get(key))
            yield Violation(
                (*_path(error), key), "", f'The key "{key}" is missing. Add a line "{key}: …".{explained}'
            )


def _additional(error: ValidationError) -> Iterator[Violation]:
    known = list(_schema(error).get("properties", {}))
    patterns = _schema(error).get("patternProperties", {})
    unknown = [key for key in _given(error) if key not in known and not _matches_one(key, patterns)]
    missing = [key for key in known if key not in _given(error)]
    for key in unknown:
        yield Violation((*_path(error), key), f'"{key}"', _unknown_key(key, known, missing), on_key=True)


def _matches_one(key: str, patterns: Iterable[str]) -> bool:
    return any(re.search(pattern, key) for pattern in patterns)


def _unknown_key(key: str, known: list[str], missing: list[str]) -> str:
    if not known:
        return f"No keys are read here. Remove {quoted(key)}."
    # A key that already stands here was hardly meant a second time.
    if closest_match(key, missing):
        return f"There is no key {quoted(key)} here.{suggestion(key, missing)}"
    return f"There is no key {quoted(key)} here. Remove it, or use one of {join_words(known)}."


def _unevaluated(error: ValidationError) -> Iterator[Violation]:
    return _says(error, "Something stands here that is not read. Remove it.")


def _property_names(error: ValidationError) -> Iterator[Violation]:
    for inner in error.context or [error]:
        yield from violations(inner)


def _dependent(error: ValidationError) -> Iterator[Violation]:
    for key, depends_on in _wanted(error).items():
        missing = [need for need in depends_on if key in _given(error) and need not in _given(error)]
        for need in missing:
            expected = f'Where the key "{key}" stands, "{need}" is needed too. Add a line "{need}: …".'
            yield Violation((*_path(error), need), "", expected)


# Texts, numbers, lists


def _format(error: ValidationError) -> Iterator[Violation]:
    return _says(
        error, str(error.cause) if error.cause else f"{quoted(_given(error))} has another form here."
    )


def _pattern(error: ValidationError) -> Iterator[Violation]:
    if "description" in _schema(error) or "examples" in _schema(error):
        return _says(error, f"{quoted(_given(error))} is not written in the form that is read here.")
    return _says(error, f"{quoted(_given(error))} should be {_form(str(_wanted(error)))}.")


# What fits, what does not, and what a pattern that tells the two apart asks for.
_FORMS = (
    ("annual-meeting-2025", "Annual meeting", "lower-case letters from a to z, digits and hyphens"),
    ("CH", "ch", "two capital letters, such as CH"),
    ("2025-02-14", "14.2.2025", "a day such as 2025-02-14"),
)


def _form(pattern: str) -> str:
    for right, wrong, words in _FORMS:
        if re.search(pattern, right) and not re.search(pattern, wrong):
            return words
    return f"of the form {pattern}"


def _min_length(error: ValidationError) -> Iterator[Violation]:
    if not _given(error):
        return _says(error, "The text is empty. Write something, or leave the key out if it is not needed.")
    count = f"{len(_given(error))} of at least {_wanted(error)} characters"
    return _says(error, f"The text is too short: it has {count}.")


def _max_length(error: ValidationError) -> Iterator[Violation]:
    return _says(
        error, f"The text is too long: it has {len(_given(error))} characters; {_wanted(error)} fit."
    )


def _numeric(words: str) -> Callable[[ValidationError], Iterator[Violation]]:
    return lambda error: _says(error, f"{quoted(_given(error))} should be {words} {_wanted(error)}.")


def _counted(words: str) -> Callable[[ValidationError], Iterator[Violation]]:
    return lambda error: _says(
        error, f"There are {len(_given(error))} here; there should be {words} {_wanted(error)}."
    )


def _unique_items(error: ValidationError) -> Iterator[Violation]:
    items = [json.dumps(item, sort_keys=True) for item in _given(error)]
    for number, item in enumerate(items):
        if item in items[:number]:
            found = quoted(_given(error)[number])
            yield Violation((*_path(error), number), found, f"{found} stands twice in this list. Remove one.")


def _contains(error: ValidationError) -> Iterator[Violation]:
    return _says(error, "Something is missing from this list.")


# Alternatives


def _any_of(error: ValidationError) -> Iterator[Violation]:
    branches = _branches(error)
    if not branches:
        yield from _says(error, "This can be read in two ways, and must be only one of them.")
        return
    if kinds := _wrong_kinds(error, branches):
        yield from _says(error, _not_of(_given(error), kinds))
        return
    for inner in min(branches, key=_badness):
        yield from violations(inner)


def _branches(error: ValidationError) -> list[list[ValidationError]]:
    """The errors of each alternative."""
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context or []:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    return list(branches.values())


def _wrong_kinds(error: ValidationError, branches: list[list[ValidationError]]) -> list[str]:
    """The kinds asked for, where every alternative asks for another kind of value than the one given."""
    firsts = [branch[0] for branch in branches if _is_wrong_kind(error, branch)]
    if len(firsts) < len(branches):
        return []
    return list(dict.fromkeys(kind for first in firsts for kind in _types(first)))


def _is_wrong_kind(error: ValidationError, branch: list[ValidationError]) -> bool:
    return any(inner.validator == "type" and _path(inner) == _path(error) for inner in branch)


def _badness(branch: list[ValidationError]) -> tuple[bool, int]:
    """How far an alternative is from what was written: of another kind first, then by its faults."""
    wrong_kind = any(inner.validator == "type" and len(inner.path) == 0 for inner in branch)
    wrong_word = any(inner.validator == "const" for inner in branch)
    return wrong_kind or wrong_word, len(branch)


def _not(error: ValidationError) -> Iterator[Violation]:
    return _says(error, f"{quoted(_given(error))} cannot stand here.")


def _otherwise(error: ValidationError) -> Iterator[Violation]:
    return _says(error, f"{quoted(_given(error))} is not what is read here.")


_WORDINGS: dict[str, Callable[[ValidationError], Iterator[Violation]]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "required": _required,
    "additionalProperties": _additional,
    "unevaluatedProperties": _unevaluated,
    "unevaluatedItems": _unevaluated,
    "propertyNames": _property_names,
    "dependentRequired": _dependent,
    "format": _format,
    "pattern": _pattern,
    "minLength": _min_length,
    "maxLength": _max_length,
    "minimum": _numeric("at least"),
    "maximum": _numeric("at most"),
    "exclusiveMinimum": _numeric("more than"),
    "exclusiveMaximum": _numeric("less than"),
    "multipleOf": _numeric("a multiple of"),
    "minItems": _counted("at least"),
    "maxItems": _counted("at most"),
    "minProperties": _counted("at least"),
    "maxProperties": _counted("at most"),
    "uniqueItems": _unique_items,
    "contains": _contains,
    "anyOf": _any_of,
    "oneOf": _any_of,
    "not": _not,
}
