"""Whether two things say the same, told by 64 characters."""

import hashlib
import json
from collections.abc import Mapping
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
