"""An item held against its part's schema, and what YAML took for numbers made text where text is meant."""

from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry

from collegium.intake.error_messages import Violation, violations
from collegium.intake.formats import FORMATS, format_checker, named_formats
from collegium.intake.located_yaml import KeyPath

Written = Mapping[KeyPath, str]

# Schemas that have been found whole, by their identity. Looking costs more than judging an item by them,
# and a kind of block has many items.
_whole: dict[int, Mapping[str, Any]] = {}


def validator_for(name: str, schema: Mapping[str, Any]) -> Draft202012Validator:
    """The judge of one part's items. A broken schema or an unknown format is a fault of the house."""
    if _whole.get(id(schema)) is not schema:
        Draft202012Validator.check_schema(schema)
        _whole[id(schema)] = schema
    if unknown := sorted(set(named_formats(schema)) - set(FORMATS)):
        raise ValueError(f"the pack part {name!r} names a format that no room checks: {', '.join(unknown)}")
    # An empty registry: a schema never fetches another from elsewhere.
    return Draft202012Validator(schema, format_checker=format_checker(), registry=Registry())


def schema_violations(item: Any, validator: Draft202012Validator, written: Written) -> list[Violation]:
    """All complaints about `item`, whose misread texts are put right in place.

    `written` holds the unquoted numbers and truths of the item by their paths, as they stand in the file.
    """
    left = dict(written)
    errors = list(validator.iter_errors(item))
    while meant := {path for error in errors for path in _meant_as_text(error, left)}:
        for path in meant:
            _put(item, path, left.pop(path))
        errors = list(validator.iter_errors(item))
    return list(dict.fromkeys(said for error in errors for said in violations(error)))


def _meant_as_text(error: ValidationError, written: Written) -> Iterator[KeyPath]:
    path = tuple(error.absolute_path)
    if path and path in written and _wants_text(error, written[path]):
        yield path
    for inner in error.context or []:
        yield from _meant_as_text(inner, written)


def _wants_text(error: ValidationError, text: str) -> bool:
    wanted: Any = error.validator_value
    if error.validator in ("type", "enum"):
        word = "string" if error.validator == "type" else text
        return word == wanted or (isinstance(wanted, list) and word in wanted)
    return bool(error.validator == "const" and wanted == text)


def _put(item: Any, path: KeyPath, text: str) -> None:
    *outer, last = path
    for step in outer:
        item = item[step]
    item[last] = text
