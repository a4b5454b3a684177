import io
import json
import tracemalloc
import zipfile

import pytest
from django.core.exceptions import ValidationError

from collegium.audit.models import Entry
from collegium.config import cli
from collegium.people import actions, queries, ror
from collegium.people.errors import NotADump
from collegium.people.identifiers import ror_check_digits
from collegium.people.models import Organisation, OrganisationName


def record(number, name, **facts):
    """A record of schema 2.1, as ROR publishes it, under an id of our own."""
    six = f"{number:06d}"[-6:]
    return {
        "admin": {"created": {"date": "2018-11-14", "schema_version": "1.0"}},
        "domains": [],
        "established": 1897,
        "external_ids": [],
        "id": f"https://ror.org/0{six}{ror_check_digits(six)}",
        "links": [{"type": "website", "value": "https://www.sample.example/"}],
        "locations": [
            {
                "geonames_details": {"country_code": "JP", "country_name": "Japan", "name": "Kyoto"},
                "geonames_id": 1857910,
            }
        ],
        "names": [{"lang": "en", "types": ["ror_display", "label"], "value": name}],
        "relationships": [],
        "status": "active",
        "types": ["funder", "education"],
    } | facts


UNIVERSITY = record(
    1,
    "Sample University of Kyoto",
    names=[
        {"lang": "en", "types": ["label", "ror_display"], "value": "Sample University of Kyoto"},
        {"lang": "ja", "types": ["label"], "value": "京都見本大学"},
        {"lang": None, "types": ["acronym"], "value": "SUK"},
        {"lang": "en", "types": ["alias"], "value": "Kyōto Sample School"},
    ],
    domains=["Sample.example"],
)
HOSPITAL = record(
    2,
    "Sample Hospital",
    types=["healthcare"],
    relationships=[
        {"id": UNIVERSITY["id"], "label": "Sample University of Kyoto", "type": "parent"},
        {"id": UNIVERSITY["id"], "label": "Sample University of Kyoto", "type": "related"},
    ],
)
CLOSED = record(3, "Closed Sample Institute", status="inactive", types=[], locations=[], links=[])


@pytest.fixture
def dump(tmp_path):
    def write(*records, name="v2-ror-data.json", indent=4):
        path = tmp_path / name
        path.write_text(json.dumps(records, indent=indent, ensure_ascii=False), encoding="utf-8")
        return path

    return write


def test_an_import_keeps_names_place_kind_and_parent(db, dump):
    report = actions.import_ror(dump(HOSPITAL, UNIVERSITY, CLOSED), by=None)
    assert report.counts() == {"created": 3, "updated": 0, "unchanged": 0, "skipped": 0}
    university = Organisation.objects.get(name="Sample University of Kyoto")
    assert (university.kind, university.city, university.country) == ("education", "Kyoto", "JP")
    assert university.ror_id == UNIVERSITY["id"].rpartition("/")[2]
    assert [row.domain for row in university.domains.all()] == ["sample.example"]
    assert set(university.names.values_list("name", "language", "is_acronym")) == {
        ("Sample University of Kyoto", "en", False),
        ("京都見本大学", "ja", False),
        ("SUK", "", True),
        ("Kyōto Sample School", "en", False),
    }
    assert Organisation.objects.get(name="Sample Hospital").parent == university
    closed = Organisation.objects.get(name="Closed Sample Institute")
    assert (closed.status, closed.kind, closed.country, closed.website) == ("inactive", "other", "", "")
    assert Entry.objects.about("people.organisation").get().facts["created"] == 3


def test_a_second_import_changes_only_what_ror_changed(db, dump):
    actions.import_ror(dump(HOSPITAL, UNIVERSITY), by=None)
    Organisation.objects.get(name="Sample Hospital").names.create(name="Our old hospital")
    moved = HOSPITAL | {"status": "withdrawn"}
    report = actions.import_ror(dump(moved, UNIVERSITY), by=None)
    assert report.counts() == {"created": 0, "updated": 1, "unchanged": 1, "skipped": 0}
    hospital = Organisation.objects.get(name="Sample Hospital")
    assert hospital.status == "withdrawn"
    assert hospital.names.filter(name="Our old hospital").exists()
    assert OrganisationName.objects.count() == 6


def test_an_organisation_that_stands_here_gets_its_ror_id(db, dump):
    ours = Organisation.objects.create(name="Sample University of Kyoto", country="JP")
    elsewhere = Organisation.objects.create(name="Sample University of Kyoto", country="US")
    assert actions.import_ror(dump(UNIVERSITY), by=None).counts()["updated"] == 1
    ours.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (ours.ror_id != "", elsewhere.ror_id) == (True, "")


def test_a_record_at_fault_is_left_out_and_told(db, dump):
    bad = [UNIVERSITY | {"id": "https://ror.org/012345678"}, HOSPITAL | {"names": []}, "text", CLOSED]
    report = actions.import_ror(dump(*bad), by=None)
    assert report.counts() == {"created": 1, "updated": 0, "unchanged": 0, "skipped": 3}
    assert "ror_display" in report.examples[1]


def test_a_record_of_schema_1_is_refused_with_a_hint():
    with pytest.raises(ValidationError, match="schema 2"):
        ror.record_of({"id": UNIVERSITY["id"], "name": "Sample University", "types": ["Education"]})


@pytest.mark.parametrize(
    "text, reason",
    [("{}", "not a list"), ("", "breaks off"), ('[{"id": 1}', "breaks off"), ("[nonsense]", "wrong")],
)
def test_what_is_no_dump_is_refused(tmp_path, text, reason):
    path = tmp_path / "dump.json"
    path.write_text(text)
    with pytest.raises(NotADump, match=reason):
        list(ror.read(path))


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / "dump.json"
    path.write_bytes(b'["\xff"]')
    with pytest.raises(NotADump, match="UTF-8"):
        list(ror.read(path))


def test_the_zip_that_ror_publishes_is_read(tmp_path):
    path = tmp_path / "v2.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("v2-ror-data.csv", "id")
        archive.writestr("v1-ror-data.json", "[1]")
        archive.writestr("v1-ror-data_schema_v2.json", json.dumps([UNIVERSITY]))
    assert [found.name for found in ror.read(path)] == ["Sample University of Kyoto"]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("read me.txt", "nothing")
    with pytest.raises(NotADump, match="no JSON file"):
        list(ror.read(path))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_records_are_read_whole_wherever_the_file_is_cut(monkeypatch, size):
    monkeypatch.setattr(ror, "_CHUNK", size)
    values = [{"name": '京都 ["]}\\', "n": [1, {"a": None}]}, {}, 12, "x", [[]]]
    file = io.BytesIO(json.dumps(values, ensure_ascii=False).encode())
    assert list(ror.elements(file)) == values


def test_a_large_dump_is_read_in_little_memory(tmp_path):
    path = tmp_path / "large.json"
    one = json.dumps(UNIVERSITY | {"external_ids": ["x" * 4000]}, indent=4)
    with path.open("w") as file:
        file.write("[\n" + ",\n".join([one] * 2000) + "\n]\n")
    assert path.stat().st_size > 8_000_000
    tracemalloc.start()
    try:
        assert sum(1 for _ in ror.read(path)) == 2000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2_000_000


def test_an_organisation_is_found_while_its_name_is_typed(db, dump):
    actions.import_ror(dump(UNIVERSITY, HOSPITAL, CLOSED), by=None)
    for query in ("kyoto sam", "SUK", "京都", "samp univ"):
        assert [row.name for row in queries.find_organisations(query)] == ["Sample University of Kyoto"]
    assert [row.name for row in queries.find_organisations("sample")] == [
        "Sample Hospital",
        "Sample University of Kyoto",
    ]
    assert queries.find_organisations("closed") == []
    assert queries.find_organisations("  ") == []


def test_the_command_says_what_it_did(transactional_db, dump, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COLLEGIUM_VAR", str(tmp_path / "var"))
    assert cli.main(["import-ror", str(dump(UNIVERSITY, "text"))]) == 0
    assert "1 created, 0 updated, 0 unchanged, 1 skipped" in capsys.readouterr().out
    assert cli.main(["import-ror", str(tmp_path / "nothing.json")]) == 1
    assert "There is no file" in capsys.readouterr().err
