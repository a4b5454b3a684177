import pytest

from collegium.intake.schema_validation import schema_violations, validator_for


def line(schema, value):
    return [violation.expected for violation in schema_violations(value, validator_for("x", schema), {})]


def test_a_room_adds_a_format_of_its_own(registry):
    @registry.format_check("orcid")
    def orcid(text):
        if not text.startswith("0000-"):
            raise ValueError(f'"{text}" is no ORCID iD.')

    assert line({"format": "orcid"}, "0000-0002") == []
    assert line({"format": "orcid"}, "me") == ['"me" is no ORCID iD.']
    assert line({"format": "orcid"}, 5) == []


def test_a_rooms_own_check_comes_first(registry):
    registry.format_check("date")(lambda text: None)
    assert line({"format": "date"}, "some day") == []


def test_two_rooms_cannot_register_one_format(registry):
    registry.format_check("orcid")(str)
    with pytest.raises(ValueError, match="two rooms register the format 'orcid'"):
        registry.format_check("orcid")(str)


@pytest.mark.parametrize(
    ("name", "good"),
    [("date", "2024-02-29"), ("email", "a@example.org"), ("uri", "https://example.org/a"), ("zone", "AoE")],
)
def test_what_is_right_is_not_complained_of(registry, name, good):
    assert line({"format": name}, good) == []


def test_a_place_that_is_no_zone_leads_to_one(registry):
    (sentence,) = line({"format": "zone"}, "America/Boston")
    assert "America/New_York" in sentence
