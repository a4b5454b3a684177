"""The JSON-LD of a body (https://schema.org/OrganizationRole)."""

from collections.abc import Iterable
from typing import Any

from collegium.governance.models import Body, Term
from collegium.kit import jsonld, prose
from collegium.kit.jsonld import Publisher


def describe(body: Body, terms: Iterable[Term], *, address: str, publisher: Publisher) -> dict[str, Any]:
    """The JSON-LD of `body` with `terms` as roles, their days as exactly as known."""
    return jsonld.thing(
        "Organization",
        _id=address,
        url=address,
        name=body.title,
        description=body.summary or prose.plain(body.remit),
        parentOrganization=publisher.reference(),
        member=[_role(term) for term in terms],
    )


def _role(term: Term) -> dict[str, Any]:
    person: dict[str, Any] = {"@type": "Person", "name": term.name}
    if term.affiliation:
        person["affiliation"] = {"@type": "Organization", "name": term.affiliation}
    role: dict[str, Any] = {
        "@type": "OrganizationRole",
        "roleName": term.role,
        "startDate": term.start.iso_start(),
        "member": person,
    }
    if term.end is not None:
        role["endDate"] = term.end.iso_start()
    return role
