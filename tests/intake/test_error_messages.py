"""Each keyword of JSON Schema, said to somebody who does not know that there is such a thing."""

import pytest

from collegium.intake.schema_validation import schema_violations, validator_for

ONE = {"type": "object", "required": ["a"], "properties": {"a": {"const": 1}}}
TEXT_OR_LIST = {"anyOf": [{"type": "string", "minLength": 2}, {"type": "array", "items": {"type": "string"}}]}
LINK = {
    "oneOf": [
        {
            "type": "object",
            "required": ["page"],
            "properties": {"to": {"const": "page"}, "page": {"type": "string"}},
        },
        {
            "type": "object",
            "required": ["url"],
            "properties": {"to": {"const": "url"}, "url": {"type": "string"}},
        },
    ]
}
COUNTRY = {"type": "string", "pattern": "^[A-Z]{2}$"}
EXPLAINED = {
    "type": "string",
    "pattern": "^x",
    "description": "A word with x.",
    "examples": ["xylem", "xenon"],
}


@pytest.mark.parametrize(
    ("schema", "value", "sentence"),
    [
        ({"type": "string"}, None, "Nothing stands here, where text should be."),
        ({"type": "string"}, [], "an empty list is not text."),
        ({"type": "string"}, {"a": 1, "b": 2}, "a group of keys (a and b) is not text."),
        ({"type": "integer"}, "three", '"three" is not a whole number. Write digits only, without quotes.'),
        ({"type": "number"}, True, "true is not a number."),
        ({"type": "boolean"}, "yes", '"yes" is not true or false. Write true or false, without quotes.'),
        ({"type": "array"}, "a, b", 'behind a hyphen: "- …"'),
        ({"type": "object"}, "x", "indented by two spaces"),
        ({"type": ["string", "null"]}, True, "true is not text or nothing."),
        (
            {"enum": ["basic", "clinical"]},
            "clincal",
            'not one of basic or clinical. Did you mean "clinical"?',
        ),
        ({"enum": ["a", "b"]}, None, "Nothing stands here. Write a or b."),
        ({"enum": [1, True]}, "zzz", '"zzz" is not one of 1 or true.'),
        ({"const": 1}, 2, "2 cannot stand here, only 1."),
        (EXPLAINED, "y", 'A word with x. For example: "xylem" or "xenon".'),
        (COUNTRY, "ch", '"ch" should be two capital letters, such as CH.'),
        ({"pattern": "^[a-z0-9-]+$"}, "Two words", "lower-case letters from a to z, digits and hyphens"),
        ({"pattern": "^q+$"}, "x", "of the form ^q+$"),
        ({"minLength": 1}, "", "The text is empty."),
        ({"minLength": 3}, "ab", "too short: it has 2 of at least 3 characters"),
        ({"maxLength": 3}, "abcd", "too long: it has 4 characters; 3 fit"),
        ({"minimum": 1}, 0, "0 should be at least 1."),
        ({"maximum": 1}, 2, "2 should be at most 1."),
        ({"exclusiveMinimum": 1}, 1, "1 should be more than 1."),
        ({"exclusiveMaximum": 1}, 1, "1 should be less than 1."),
        ({"multipleOf": 5}, 7, "7 should be a multiple of 5."),
        ({"minItems": 2}, ["a"], "There are 1 here; there should be at least 2."),
        ({"maxItems": 1}, ["a", "b"], "There are 2 here; there should be at most 1."),
        ({"minProperties": 1}, {}, "There are 0 here; there should be at least 1."),
        ({"maxProperties": 0}, {"a": 1}, "There are 1 here; there should be at most 0."),
        ({"uniqueItems": True}, ["a", "b", "a"], '"a" stands twice in this list.'),
        ({"contains": {"const": 1}}, [2], "Something is missing from this list."),
        ({"dependentRequired": {"a": ["b"]}}, {"a": 1}, 'Where the key "a" stands, "b" is needed too.'),
        ({"not": {"const": 1}}, 1, "1 cannot stand here."),
        ({"propertyNames": {"maxLength": 1}}, {"ab": 1}, "it has 2 characters; 1 fit"),
        ({"unevaluatedProperties": False}, {"ab": 1}, "Something stands here that is not read."),
        ({"properties": {"a": False}}, {"a": 1}, "1 is not what is read here."),
        (
            {"format": "date"},
            "2025-02-30",
            '"2025-02-30" is not a day of the calendar. Write one such as 2025-02-14.',
        ),
        ({"format": "date"}, "20250214", "not a day of the calendar"),
        ({"format": "email"}, "me at home", "not an e-mail address"),
        ({"format": "uri"}, "example.org", "Write the whole of it"),
        (TEXT_OR_LIST, {"a": 1}, "a group of keys (a) is not text or a list."),
        (TEXT_OR_LIST, "x", "too short: it has 1 of at least 2"),
        (TEXT_OR_LIST, ["a", None], "Nothing stands here, where text should be."),
        (LINK, {"to": "url", "url": []}, "an empty list is not text."),
        ({"oneOf": [{"minimum": 1}, {"minimum": 2}]}, 3, "read in two ways"),
        ({"if": ONE, "then": {"required": ["b"]}}, {"a": 1}, 'The key "b" is missing. Add a line "b: …".'),
        ({"allOf": [{"$ref": "#/$defs/n"}], "$defs": {"n": {"minimum": 4}}}, 3, "3 should be at least 4."),
    ],
)
def test_a_keyword_in_words(registry, schema, value, sentence):
    line = [violation.expected for violation in schema_violations(value, validator_for("x", schema), {})]
    assert len(line) == 1
    assert sentence in line[0]


def test_every_missing_key_is_told_once_with_what_it_is_for(registry):
    schema = {"required": ["a", "b"], "properties": {"b": {"description": "Why it is so"}}}
    line = schema_violations({}, validator_for("x", schema), {})
    assert [(c.path, c.expected) for c in line] == [
        (("a",), 'The key "a" is missing. Add a line "a: …".'),
        (("b",), 'The key "b" is missing. Add a line "b: …". Why it is so.'),
    ]


def test_unknown_keys_are_told_with_the_key_that_was_perhaps_meant(registry):
    schema = {
        "additionalProperties": False,
        "properties": {"title": {}, "zone": {}},
        "patternProperties": {"^x-": {}},
    }
    line = schema_violations({"zone": 1, "tilte": 2, "zine": 3, "x-note": 4}, validator_for("x", schema), {})
    assert all(violation.on_key for violation in line)
    assert {c.path: c.expected for c in line} == {
        ("tilte",): 'There is no key "tilte" here. Did you mean "title"?',
        ("zine",): 'There is no key "zine" here. Remove it, or use one of title and zone.',
    }
    (bare,) = schema_violations({"a": 1}, validator_for("x", {"additionalProperties": False}), {})
    assert bare.expected == 'No keys are read here. Remove "a".'
