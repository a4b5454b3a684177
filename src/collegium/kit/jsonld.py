"""What the descriptions of all rooms share: facts for machines, in the words of schema.org."""

from dataclasses import dataclass
from typing import Any

CONTEXT = "https://schema.org"


@dataclass(frozen=True)
class Publisher:
    """The society as descriptions name it. `address` is the absolute address of its home page."""

    name: str
    address: str

    def described(self) -> dict[str, str]:
        return {"@type": "Organization", "name": self.name, "url": self.address}


def thing(kind: str, **facts: Any) -> dict[str, Any]:
    """A description of the type `kind` that stands by itself; facts that are empty are left out.

    A fact whose name begins with `@` is given with a leading underscore: `_id` becomes `@id`.
    """
    named = {f"@{name[1:]}" if name.startswith("_") else name: value for name, value in facts.items()}
    kept = {name: value for name, value in named.items() if value not in (None, "", [], {})}
    return {"@context": CONTEXT, "@type": kind, **kept}
