"""How a fault speaks: values as they are quoted, lists as they are read, the word that was perhaps meant."""

import json
from collections.abc import Iterable
from typing import Any

from rapidfuzz import fuzz, process

_LONGEST = 60
_MOST = 12


def quoted(value: Any) -> str:
    """`value` on one line, short enough for a sentence: text in quotes, groups and lists by their size."""
    match value:
        case None:
            return "nothing"
        case str():
            return f'"{_shortened(value)}"'
        case list():
            return "an empty list" if not value else f"a list of {len(value)}"
        case dict():
            return f"a group of keys ({join_words(value)})" if value else "an empty group of keys"
        case _:
            return json.dumps(value)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST].rstrip() + "…"


def join_words(words: Iterable[Any], last: str = "and") -> str:
    """`a, b and c`; of a long list the first dozen and how many more there are."""
    names = [str(word) for word in words]
    if len(names) > _MOST:
        return f"{', '.join(names[:_MOST])} {last} {len(names) - _MOST} more"
    return f" {last} ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def closest_match(word: str, choices: Iterable[str]) -> str | None:
    """The choice that was perhaps meant by `word`, if one is like enough."""
    near = process.extractOne(word, list(choices), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=60)
    return near[0] if near else None


def suggestion(word: str, choices: Iterable[str]) -> str:
    """` Did you mean "x"?`, or nothing where no choice is like `word`."""
    meant = closest_match(word, choices)
    return f' Did you mean "{meant}"?' if meant is not None else ""


def dotted_path(path: Iterable[str | int]) -> str:
    """`("events", 2, "zone")` as people write it: `events[2].zone`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")
