import pytest

from collegium.intake.schema_validation import schema_violations, validator_for


def sentences(schema, value):
    return [violation.expected for violation in schema_violations(value, validator_for("x", schema), {})]


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("when", "2025-06-11 to 2025-06-14"),
        ("date", "2024-02-29"),
        ("email", "a@example.org"),
        ("uri", "https://example.org/a"),
        ("zone", "AoE"),
    ],
)
def test_what_is_right_is_not_complained_of(name, good):
    assert sentences({"format": name}, good) == []


def test_a_place_that_is_no_zone_leads_to_one():
    (sentence,) = sentences({"format": "zone"}, "America/Boston")
    assert "America/New_York" in sentence
