import pytest

from collegium.intake.schema_validation import schema_violations, validator_for


@pytest.mark.parametrize(
    ("schema", "value", "written", "becomes"),
    [
        ({"type": "string"}, 1.1, "1.10", "1.10"),
        ({"type": "string"}, 7, "007", "007"),
        ({"type": "string"}, True, "True", "True"),
        ({"type": ["string", "null"]}, 5, "5", "5"),
        ({"type": "integer"}, 7, "007", 7),
        ({"type": ["string", "integer"]}, 7, "007", 7),
        ({"enum": ["1", "2"]}, 1, "1", "1"),
        ({"const": "1"}, 1, "1", "1"),
        ({"anyOf": [{"type": "array"}, {"type": "string"}]}, 3, "3", "3"),
        ({"$ref": "#/$defs/t", "$defs": {"t": {"type": "string"}}}, 3, "3", "3"),
    ],
)
def test_what_the_schema_calls_text_is_text(registry, schema, value, written, becomes):
    item = {"a": [value]}
    whole = {"properties": {"a": {"items": {k: v for k, v in schema.items() if k != "$defs"}}}}
    validator = validator_for("x", {**whole, "$defs": schema.get("$defs", {})})
    assert schema_violations(item, validator, {("a", 0): written}) == []
    assert item == {"a": [becomes]}
    assert type(item["a"][0]) is type(becomes)


def test_text_made_of_a_number_is_still_held_to_its_form(registry):
    schema = {"properties": {"when": {"type": "string", "format": "date"}}}
    (said,) = schema_violations({"when": 2025}, validator_for("x", schema), {("when",): "2025"})
    assert '"2025" is not a day' in said.expected


def test_a_quoted_number_is_not_made_one(registry):
    (said,) = schema_violations(
        {"a": "5"}, validator_for("x", {"properties": {"a": {"type": "integer"}}}), {}
    )
    assert said.found == '"5"'


def test_a_broken_schema_is_a_fault_of_the_house(registry):
    with pytest.raises(Exception, match="is not valid"):
        validator_for("x", {"type": "words"})


def test_a_format_that_nobody_checks_is_a_fault_of_the_house(registry):
    with pytest.raises(ValueError, match="'x' names a format that no room checks: moon"):
        validator_for("x", {"anyOf": [{"properties": {"a": {"format": "moon"}}}]})


def test_a_schema_never_fetches_another(registry):
    validator = validator_for("x", {"$ref": "https://example.org/other.json"})
    with pytest.raises(Exception, match="Unresolvable"):
        schema_violations({}, validator, {})
