import pytest

from collegium.intake.validation import judged, validator_for


def told(schema, value):
    return [complaint.expected for complaint in judged(value, validator_for("x", schema), {})]


def test_a_room_adds_a_format_of_its_own(registry):
    @registry.format_check("orcid")
    def orcid(text):
        if not text.startswith("0000-"):
            raise ValueError(f'"{text}" is no ORCID iD.')

    assert told({"format": "orcid"}, "0000-0002") == []
    assert told({"format": "orcid"}, "me") == ['"me" is no ORCID iD.']
    assert told({"format": "orcid"}, 5) == []


def test_a_rooms_own_check_comes_first(registry):
    registry.format_check("date")(lambda text: None)
    assert told({"format": "date"}, "some day") == []


def test_two_rooms_cannot_register_one_format(registry):
    registry.format_check("orcid")(str)
    with pytest.raises(ValueError, match="two rooms register the format 'orcid'"):
        registry.format_check("orcid")(str)


@pytest.mark.parametrize(
    ("name", "good"),
    [("date", "2024-02-29"), ("email", "a@example.org"), ("uri", "https://example.org/a"), ("zone", "AoE")],
)
def test_what_is_right_is_not_complained_of(registry, name, good):
    assert told({"format": name}, good) == []


def test_a_place_that_is_no_zone_leads_to_one(registry):
    (sentence,) = told({"format": "zone"}, "America/Boston")
    assert "America/New_York" in sentence
