import json

import pytest

from collegium.kit.packs import PackContents
from collegium.library.models import Issue, Resource
from collegium.library.packs import ISSUES, RESOURCES

pytestmark = pytest.mark.django_db
CONTENTS = PackContents(
    {"library-topics": {"standards": {}}, "journals": {"reports": {}}}, {"language": "en"}
)


@pytest.mark.parametrize(
    "facts, path, word",
    [
        ({"title": "T", "topics": ["standards", "nix"]}, ("topics", 1), "nix"),
        ({"title": "T", "audiences": ["nobody"]}, ("audiences", 0), "nobody"),
        ({}, (), "what it is about"),
        ({"title": "T", "invented": True, "doi": "10.1038/x"}, ("doi",), "invented"),
    ],
)
def test_what_a_work_cannot_be_is_told_at_its_key(facts, path, word):
    [fault] = RESOURCES.check({"key": "w", "kind": "article", "year": 2024} | facts, CONTENTS)
    assert fault.path == path
    assert word in fault.expected


def issue_faults(tmp_path, works, **facts):
    file = tmp_path / "issue.json"
    file.write_text(json.dumps({"message": {"items": works}}))
    pack = PackContents(CONTENTS.items, CONTENTS.pack, {"files/issue.json": file})
    item = {"key": "i", "journal": "reports", "volume": "1", "year": 2025, "contents": "issue.json"} | facts
    return [(fault.path, fault.expected) for fault in ISSUES.check(item, pack)]


def test_a_fault_in_the_file_is_told_with_its_line(tmp_path):
    assert issue_faults(tmp_path, [{"title": "One"}]) == []
    [(path, expected)] = issue_faults(tmp_path, [{"page": "1"}])
    assert path == ("contents",)
    assert expected.startswith("files/issue.json: Line 1, column 24: items[0]: its title is missing")


def test_a_file_that_is_not_there_or_of_another_issue_is_told(tmp_path):
    [(_path, missing)] = issue_faults(tmp_path, [], contents="nix.json")
    assert "files/nix.json" in missing
    [(_path, other)] = issue_faults(tmp_path, [{"title": "One", "volume": "2"}])
    assert "Volume 2" in other
    [(path, _unknown)] = issue_faults(tmp_path, [{"title": "One"}], journal="nix")
    assert path == ("journal",)


def test_the_works_of_the_demonstration_are_real_with_a_doi_or_invented_without(demo):
    assert {work.doi for work in Resource.objects.exclude(doi="")} == {
        "10.1016/j.stemcr.2023.08.003",
        "10.1016/j.stemcr.2021.05.012",
        "10.1016/j.stemcr.2021.05.011",
        "10.1016/j.stemcr.2021.05.005",
        "10.1016/j.stemcr.2025.102479",
        "10.1016/j.stemcr.2017.12.002",
        "10.1038/nbt1318",
        "10.1038/s12276-020-0421-1",
    }
    assert not Resource.objects.filter(doi="", invented=False).exists()
    assert Resource.objects.get(doi="10.1016/j.stemcr.2025.102479").title == ""
    for issue in Issue.objects.all():
        assert issue.invented
        assert issue.articles.exists()
        assert not issue.articles.exclude(doi="").exists()
