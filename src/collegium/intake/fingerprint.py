"""Whether two things say the same, told by 64 characters."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        """Sets have no order of their own; the rest is Django's."""
        if isinstance(o, set | frozenset):
            return sorted(o)
        if isinstance(o, Mapping):
            return dict(o)
        return super().default(o)


def fingerprint(value: Any) -> str:
    """The SHA-256 of `value` in hexadecimal; the order of keys in a group does not matter."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, cls=_Encoder)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def fingerprint_of_file(path: Path) -> str:
    """The SHA-256 of the bytes at `path` in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def texts_in(value: Any) -> Iterator[str]:
    """Every text in `value`, however deep it stands there."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)
