"""Authors as a line says them, taken apart for citations: `Ludwig TE, Andrews PW, et al.`"""

import re
from dataclasses import dataclass

_MORE = re.compile(r"[,;]?\s*\bet\s+al\.?\s*$", re.IGNORECASE)
_INITIALS = re.compile(r"(?P<family>.+?)\s+(?P<given>[A-Z](?:[-.]?[A-Z]){0,4}\.?)")
_PARTICLES = {"van", "von", "der", "den", "de", "la", "le", "da", "dos", "del", "di", "bin", "al", "ten"}


@dataclass(frozen=True)
class Name:
    """An author. A body, or a name that says not which part is which, has a `family` alone."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        return f"{self.family} {self.given}".strip()


@dataclass(frozen=True)
class Authors:
    """Those who are named, in order, and whether the line says that there are others."""

    names: tuple[Name, ...] = ()
    more: bool = False


def parse_authors(line: str) -> Authors:
    """The authors of `line`, who are parted by semicolons, or else by commas."""
    named = _MORE.sub("", line)
    parts = named.split(";") if ";" in named else named.split(",")
    names = tuple(_name(part.strip()) for part in parts if part.strip())
    return Authors(names, more=named != line)


def _name(text: str) -> Name:
    """`Ludwig TE` and `Imara Quillfeather` with both parts; anything else as it is said."""
    if initials := _INITIALS.fullmatch(text):
        return Name(initials["family"], initials["given"])
    words = text.split()
    if len(words) < 2 or words[0].lower() == "the" or len(words) > 4 or not _is_person(words):
        return Name(text)
    start = next((n for n, word in enumerate(words) if n and word.lower() in _PARTICLES), len(words) - 1)
    return Name(" ".join(words[start:]), " ".join(words[:start]))


def _is_person(words: list[str]) -> bool:
    bodies = {"initiative", "society", "consortium", "group", "committee", "network", "office", "council"}
    return all(word[:1].isupper() or word.lower() in _PARTICLES for word in words) and not (
        {word.lower() for word in words} & bodies
    )
