"""Structured data (JSON-LD, schema.org) that the rooms share."""

from dataclasses import dataclass
from typing import Any

CONTEXT = "https://schema.org"


@dataclass(frozen=True)
class Publisher:
    """The society as publisher. `address` is the absolute address of its home page."""

    name: str
    address: str
    email: str = ""
    telephone: str = ""
    postal_address: str = ""  #: on one line
    elsewhere: tuple[str, ...] = ()  #: absolute addresses of its accounts and other sites

    @property
    def id(self) -> str:
        """The `@id` that joins all statements about the society."""
        return f"{self.address}#society"

    def reference(self) -> dict[str, str]:
        return {"@type": "Organization", "@id": self.id, "name": self.name, "url": self.address}

    def full(self) -> dict[str, Any]:
        """As `reference`, with contact details, for the home page."""
        more = {
            "email": self.email,
            "telephone": self.telephone,
            "address": self.postal_address,
            "sameAs": list(self.elsewhere),
        }
        return self.reference() | {name: value for name, value in more.items() if value}


def thing(kind: str, **facts: Any) -> dict[str, Any]:
    """A complete JSON-LD object of the type `kind`, without empty facts. `_id` becomes `@id`."""
    named = {f"@{name[1:]}" if name.startswith("_") else name: value for name, value in facts.items()}
    present = {name: value for name, value in named.items() if value not in (None, "", [], {})}
    return {"@context": CONTEXT, "@type": kind, **present}


def breadcrumb(steps: list[tuple[str, str]]) -> dict[str, Any]:
    """The breadcrumb from the home page: the name and absolute address of each step."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (name, address) in enumerate(steps, start=1)
    ]
    return thing("BreadcrumbList", itemListElement=items)
