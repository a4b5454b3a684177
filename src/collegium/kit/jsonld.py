"""What the descriptions of all rooms share: facts for machines, in the words of schema.org."""

from dataclasses import dataclass
from typing import Any

CONTEXT = "https://schema.org"


@dataclass(frozen=True)
class Publisher:
    """The society as descriptions name it. `address` is the absolute address of its home page."""

    name: str
    address: str
    email: str = ""
    telephone: str = ""
    elsewhere: tuple[str, ...] = ()  #: absolute addresses of its accounts and other sites

    @property
    def identity(self) -> str:
        """What every description of the society is joined by."""
        return f"{self.address}#society"

    def described(self) -> dict[str, str]:
        return {"@type": "Organization", "@id": self.identity, "name": self.name, "url": self.address}

    def described_whole(self) -> dict[str, Any]:
        """With how it is reached, for the home page."""
        more = {"email": self.email, "telephone": self.telephone, "sameAs": list(self.elsewhere)}
        return self.described() | {name: value for name, value in more.items() if value}


def thing(kind: str, **facts: Any) -> dict[str, Any]:
    """A description of the type `kind` that stands by itself; facts that are empty are left out.

    A fact whose name begins with `@` is given with a leading underscore: `_id` becomes `@id`.
    """
    named = {f"@{name[1:]}" if name.startswith("_") else name: value for name, value in facts.items()}
    kept = {name: value for name, value in named.items() if value not in (None, "", [], {})}
    return {"@context": CONTEXT, "@type": kind, **kept}


def breadcrumb(steps: list[tuple[str, str]]) -> dict[str, Any]:
    """The way from the home page to where the reader is: the name and absolute address of each step."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (name, address) in enumerate(steps, start=1)
    ]
    return thing("BreadcrumbList", itemListElement=items)
