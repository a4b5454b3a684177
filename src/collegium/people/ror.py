"""Reads the data dump of the Research Organization Registry (schema 2), one record after the other.

The dump is an array in a JSON file of some 300 MB, or that file in a ZIP: https://ror.readme.io/docs/data-dump.
"""

import codecs
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import ValidationError

from collegium.kit import countries, languages
from collegium.people.errors import NotADump
from collegium.people.identifiers import normalize_ror
from collegium.people.models import Organisation

_CHUNK = 1 << 16
_LONGEST = 1 << 22  #: characters of one record; the longest of ROR has some 20,000
#: ROR's types, the one that says most first. An organisation has one kind here.
_KINDS = [str(kind) for kind in Organisation.Kind]


@dataclass
class RorRecord:
    """What we keep of an organisation in ROR."""

    ror_id: str
    name: str
    kind: str
    status: str
    city: str
    country: str
    website: str
    names: list[tuple[str, str, bool]] = field(default_factory=list)  #: name, language, is an acronym
    domains: list[str] = field(default_factory=list)
    parent: str = ""  #: its ROR id

    @property
    def columns(self) -> dict[str, str]:
        """The values of the columns of `Organisation`."""
        names = ("ror_id", "name", "kind", "status", "city", "country", "website")
        return {name: getattr(self, name) for name in names}


def read(path: Path) -> Iterator[RorRecord | ValidationError]:
    """Every record of the dump at `path`, or what is wrong with it. Raises NotADump."""
    with _opened(path) as file:
        for raw in elements(file):
            try:
                yield record_of(raw)
            except ValidationError as error:
                yield error


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    if not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            yield file
        return
    with zipfile.ZipFile(path) as archive:
        files = sorted(name for name in archive.namelist() if name.endswith(".json"))
        chosen = [name for name in files if "schema_v2" in name] or files
        if not chosen:
            raise NotADump(path=path.name, reason="The archive holds no JSON file.")
        with archive.open(chosen[0]) as file:
            yield file


def elements(file: IO[bytes]) -> Iterator[Any]:
    """The elements of the one array in `file`, with no more of it in memory than one of them."""
    decoder, buffer, ended = json.JSONDecoder(), "", False
    decode = codecs.getincrementaldecoder("utf-8")("strict").decode
    opened = False
    while True:
        buffer = buffer.lstrip(" \t\r\n,") if opened else buffer.lstrip("\ufeff \t\r\n")
        if not opened and buffer:
            if buffer[0] != "[":
                raise NotADump(path="", reason="The file is not a list in JSON.")
            opened, buffer = True, buffer[1:]
            continue
        if opened and buffer.startswith("]"):
            return
        try:
            element, end = decoder.raw_decode(buffer)
            # A number at the end of what was read may go on.
            if end == len(buffer) and not ended and not isinstance(element, dict):
                raise json.JSONDecodeError("unfinished", buffer, end)
        except json.JSONDecodeError as error:
            if ended or len(buffer) > _LONGEST:
                raise NotADump(path="", reason=f"The JSON breaks off or is wrong: {error.msg}.") from error
            piece = file.read(max(_CHUNK, len(buffer)))
            buffer, ended = buffer + _text(decode, piece), not piece
        else:
            buffer = buffer[end:]
            yield element


def _text(decode: Any, piece: bytes) -> str:
    try:
        return str(decode(piece, final=not piece))
    except UnicodeDecodeError as error:
        raise NotADump(path="", reason="The file is not in UTF-8.") from error


def record_of(raw: Any) -> RorRecord:
    """`raw`, a record of schema 2, without what we do not keep. Raises ValidationError."""
    if not isinstance(raw, Mapping):
        raise ValidationError("This is no record of an organisation.")
    ror_id = normalize_ror(str(raw.get("id", "")))
    names = [name for name in _maps(raw.get("names")) if str(name.get("value") or "").strip()]
    shown = next((name for name in names if "ror_display" in _list(name.get("types"))), None)
    if shown is None:
        raise ValidationError(f"{ror_id} has no name of the type ror_display. Is the file of schema 2?")
    place = next(iter(_maps(raw.get("locations"))), {}).get("geonames_details") or {}
    country = str(place.get("country_code") or "")
    return RorRecord(
        ror_id=ror_id,
        name=_name(shown),
        kind=_kind(_list(raw.get("types"))),
        status=_status(str(raw.get("status") or "")),
        city=str(place.get("name") or "")[:120],
        country=country if country in countries.names("en") else "",
        website=_website(_maps(raw.get("links"))),
        names=_all_names(names),
        domains=sorted({str(domain).lower()[:253] for domain in _list(raw.get("domains"))}),
        parent=_parent(_maps(raw.get("relationships"))),
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _maps(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in _list(value) if isinstance(item, Mapping)]


def _name(name: Mapping[str, Any]) -> str:
    return str(name["value"]).strip()[:250]


def _all_names(names: list[Mapping[str, Any]]) -> list[tuple[str, str, bool]]:
    unique = {}
    for name in names:
        code = str(name.get("lang") or "")
        language = code if code in languages.names("en") else ""
        unique[_name(name), language] = "acronym" in _list(name.get("types"))
    return [(name, language, acronym) for (name, language), acronym in unique.items()]


def _kind(types: list[Any]) -> str:
    return next((kind for kind in _KINDS if kind in types), str(Organisation.Kind.OTHER))


def _status(status: str) -> str:
    return status if status in Organisation.Status.values else str(Organisation.Status.ACTIVE)


def _website(links: list[Mapping[str, Any]]) -> str:
    addresses = (str(link.get("value") or "") for link in links if link.get("type") == "website")
    usable = (a for a in addresses if a.startswith(("http://", "https://")) and len(a) <= 200)
    return next(usable, "")


def _parent(relationships: list[Mapping[str, Any]]) -> str:
    for relationship in relationships:
        if relationship.get("type") == "parent":
            try:
                return normalize_ror(str(relationship.get("id", "")))
            except ValidationError:
                continue
    return ""
