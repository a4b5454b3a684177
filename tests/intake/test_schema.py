import json
from dataclasses import replace

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator

from collegium.intake import schema

from .importers import TOPICS


def published(folder, name):
    content = json.loads((folder / f"{name}.schema.json").read_text())
    Draft202012Validator.check_schema(content)
    return Draft202012Validator(content)


def test_one_schema_is_published_for_each_kind_of_file(tmp_path, parts):
    schema.publish(tmp_path / "schema")
    assert sorted(file.name for file in (tmp_path / "schema").iterdir()) == [
        "house.yaml.schema.json",
        "notes.md.schema.json",
        "pack.yaml.schema.json",
        "topics.yaml.schema.json",
    ]


def test_sections_are_lists_of_items(tmp_path, parts):
    schema.publish(tmp_path)
    topics = published(tmp_path, "topics.yaml")
    assert topics.is_valid({"topics": [{"key": "a", "title": "A"}], "circles": [{"name": "R", "topics": []}]})
    assert topics.is_valid({"topics": None})
    assert not topics.is_valid({"topics": [{"key": "a"}]})
    assert not topics.is_valid({"topics": {"key": "a", "title": "A"}})
    assert not topics.is_valid({"topcs": []})


def test_the_text_below_front_matter_is_no_key_of_it(tmp_path, parts):
    schema.publish(tmp_path)
    notes = published(tmp_path, "notes.md")
    assert notes.is_valid({"title": "A"})
    assert not notes.is_valid({"title": "A", "body": "B"})


def test_references_within_a_parts_schema_still_lead_home(tmp_path, registry):
    own = {"type": "object", "properties": {"n": {"$ref": "#/$defs/few"}}, "$defs": {"few": {"maximum": 3}}}
    registry.register(replace(TOPICS, schema=own))
    schema.publish(tmp_path)
    topics = published(tmp_path, "topics.yaml")
    assert topics.is_valid({"topics": [{"n": 3}]})
    assert not topics.is_valid({"topics": [{"n": 4}]})


def test_two_parts_that_read_one_whole_file_both_count(tmp_path, registry):
    for name in ("a", "b"):
        registry.register(replace(TOPICS, name=name, source="x.yaml", schema={"required": [name]}))
    schema.publish(tmp_path)
    whole = published(tmp_path, "x.yaml")
    assert whole.is_valid({"a": 1, "b": 2})
    assert not whole.is_valid({"a": 1})
    assert not whole.is_valid({"b": 1})


def test_stale_tells_what_is_missing_changed_or_superfluous(tmp_path, parts):
    assert len(schema.stale(tmp_path)) == 4
    schema.publish(tmp_path)
    assert schema.stale(tmp_path) == []
    (tmp_path / "house.yaml.schema.json").write_text("{}")
    (tmp_path / "notes.md.schema.json").unlink()
    (tmp_path / "old.yaml.schema.json").write_text("{}")
    (tmp_path / "README.md").write_text("about")
    assert schema.stale(tmp_path) == [
        "house.yaml.schema.json",
        "notes.md.schema.json",
        "old.yaml.schema.json",
    ]
    schema.publish(tmp_path)
    assert schema.stale(tmp_path) == []
    assert (tmp_path / "README.md").exists()


def test_the_command_publishes_and_checks(tmp_path, parts, capsys):
    with pytest.raises(SystemExit):
        call_command("publish_schemas", str(tmp_path), "--check")
    assert "house.yaml.schema.json" in capsys.readouterr().err
    call_command("publish_schemas", str(tmp_path))
    call_command("publish_schemas", str(tmp_path), "--check")
    assert "4 files" in capsys.readouterr().out
