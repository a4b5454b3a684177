import pytest

import makers_governance as makers
from collegium.careers import jsonld

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


def described(**facts):
    return jsonld.describe(makers.job(**facts), address="https://s.example/j/")


@pytest.mark.parametrize(
    "closes, zone, said",
    [
        ("2025-02-20 17:00", "Europe/Paris", "2025-02-20T17:00:00+01:00"),
        ("2025-02-28 23:59", "America/New_York", "2025-02-28T23:59:00-05:00"),
        ("2025-03-15", "AoE", "2025-03-15T23:59:59-12:00"),
        ("2025-03-30", "Europe/Paris", "2025-03-30T23:59:59+02:00"),
    ],
)
def test_valid_through_has_its_offset(closes, zone, said):
    assert described(closes=closes, zone=zone)["validThrough"] == said


def test_who_where_and_how():
    facts = described(employer_page="https://e.example/", contract="fixed-term", hours="either")
    assert facts["@type"] == "JobPosting"
    assert facts["datePosted"] == "2025-01-10"
    assert facts["employmentType"] == ["FULL_TIME", "PART_TIME", "TEMPORARY"]
    assert facts["hiringOrganization"] == {
        "@type": "Organization",
        "name": "Institute of Worked Examples",
        "sameAs": "https://e.example/",
    }
    assert facts["jobLocation"]["address"] == {
        "@type": "PostalAddress",
        "addressLocality": "Lyon",
        "addressCountry": "FR",
    }
    assert "jobLocationType" not in facts
    assert "applicantLocationRequirements" not in facts


@pytest.mark.parametrize(
    "facts, required",
    [
        ({"remote_from": "Europe"}, {"@type": "AdministrativeArea", "name": "Europe"}),
        ({"country": "CA"}, {"@type": "Country", "name": "Canada"}),
        ({"country": ""}, None),
    ],
)
def test_what_is_done_from_elsewhere(facts, required):
    described_facts = described(**({"remote": True, "city": ""} | facts))
    assert described_facts["jobLocationType"] == "TELECOMMUTE"
    assert "jobLocation" not in described_facts
    assert described_facts.get("applicantLocationRequirements") == required


def test_of_a_closed_job_machines_are_told_nothing():
    assert described(closes="2025-02-01") == {}
