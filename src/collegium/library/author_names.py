"""Parse a line of authors for citations: `Ludwig TE, Andrews PW, et al.`"""

import re
from dataclasses import dataclass

MAX_AUTHORS = 5_000  #: of one line; further ones count as "et al."
_MORE = re.compile(r"[,;]? ?\bet al\.?$", re.IGNORECASE)
_INITIALS = re.compile(r"(?P<family>.+?)\s+(?P<given>[A-Z](?:[-.]?[A-Z]){0,4}\.?)")
_PARTICLES = {"van", "von", "der", "den", "de", "la", "le", "da", "dos", "del", "di", "bin", "al", "ten"}


@dataclass(frozen=True)
class Name:
    """An author. An organisation, or a name whose parts are unclear, has only a `family`."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        return f"{self.family} {self.given}".strip()


@dataclass(frozen=True)
class Authors:
    """The named authors in order, and whether there are more."""

    names: tuple[Name, ...] = ()
    more: bool = False


def parse_authors(line: str) -> Authors:
    """The authors of `line`, separated by semicolons or else by commas."""
    line = " ".join(line.split())
    named = _MORE.sub("", line)
    parts = named.split(";" if ";" in named else ",")
    names = tuple(_name(part.strip()) for part in parts[:MAX_AUTHORS] if part.strip())
    return Authors(names, more=named != line or len(parts) > MAX_AUTHORS)


def _name(text: str) -> Name:
    """`Ludwig TE` and `Imara Quillfeather` in two parts; anything else as one."""
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
