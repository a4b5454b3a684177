import pytest

import makers_governance as makers
from collegium.governance import jsonld
from collegium.kit.jsonld import Publisher

pytestmark = pytest.mark.django_db


def test_each_role_says_no_more_of_its_days_than_is_known():
    body = makers.body(
        makers.term("Ada Sample", "2023-07", "2026-06-30", role="Chair", affiliation="Example Institute"),
        makers.term("Ben Example", "2024"),
        title="Board",
        summary="It decides.",
    )
    facts = jsonld.describe(
        body,
        body.terms.all(),
        address="https://s.example/b/",
        publisher=Publisher("Society", "https://s.example/"),
    )
    assert facts["@type"] == "Organization"
    assert facts["parentOrganization"]["name"] == "Society"
    assert facts["member"] == [
        {
            "@type": "OrganizationRole",
            "roleName": "Chair",
            "startDate": "2023-07",
            "endDate": "2026-06-30",
            "member": {
                "@type": "Person",
                "name": "Ada Sample",
                "affiliation": {"@type": "Organization", "name": "Example Institute"},
            },
        },
        {
            "@type": "OrganizationRole",
            "roleName": "Member",
            "startDate": "2024",
            "member": {"@type": "Person", "name": "Ben Example"},
        },
    ]
