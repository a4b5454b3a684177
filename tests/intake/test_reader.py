"""Every kind of fault at its file, line, column and key."""

from dataclasses import replace

import pytest

from collegium.intake.actions import check_pack
from collegium.intake.reader import read_pack

from .importers import PACK, SOCIETY

TOPICS = """\
topics:
  - key: cells
    title: Cells
    zone: {zone}
circles:
  - name: Readers
    topics: [cells]
"""


def places(home):
    """Each fault of the pack as `file:line:column: path`, and its sentence."""
    return {
        f"{issue.file.removeprefix(f'{home}/')}:{issue.line}:{issue.column}: {issue.path}": issue.expected
        for issue in check_pack(home)
    }


def the_fault(home):
    ((place, sentence),) = places(home).items()
    return place, sentence


def test_a_good_pack_has_no_fault(folder):
    home = folder(
        topics=TOPICS.format(zone="Europe/Zurich"),
        house="name: Our house\nphone: 0123\n",
        note="---\ntitle: First\n---\nText.\n",
    )
    assert check_pack(home) == []
    parsed = read_pack(home)
    assert parsed.pack["as_of"] == "2025-02-14"
    assert parsed.contents.items["house"]["house"] == {"name": "Our house", "phone": "0123"}
    assert parsed.contents.items["notes"]["first"] == {"title": "First", "body": "Text.", "file": "first"}
    assert parsed.contents.has("topics", "cells")
    assert list(parsed.items) == ["topics", "circles", "notes", "house"]


def test_a_pack_may_leave_out_every_file_but_its_own(folder):
    assert check_pack(folder()) == []
    assert check_pack(folder(topics="", note="---\ntitle: A\n---\nB\n")) == []
    assert check_pack(folder(topics="topics:\ncircles: []\n")) == []


def test_a_fault_reads_as_one_line(folder):
    (issue,) = check_pack(folder(topics=TOPICS.format(zone="America/Boston")))
    assert str(issue).startswith(f"{issue.file}:4:11: topics[0].zone: ")
    assert issue.file.endswith("small/topics.yaml")
    assert "America/Boston' is not a time zone" in str(issue)
    assert issue.found == '"America/Boston"'


@pytest.mark.parametrize(
    ("line", "place", "words"),
    [
        ("kind: basics", "4:11: topics[0].kind", 'Did you mean "basic"?'),
        ("rank: first", "4:11: topics[0].rank", "not a whole number"),
        ("rank: 0", "4:11: topics[0].rank", "at least 1"),
        ("shown: yes", "4:12: topics[0].shown", "Write true or false"),
        ("zoen: AoE", "4:5: topics[0].zoen", 'Did you mean "zone"?'),
        ("since: 2025-13-01", "4:12: topics[0].since", "not a day of the calendar"),
        ("code: [1]", "4:11: topics[0].code", "a list of 1 is not text"),
        ("code:", "4:10: topics[0].code", "Nothing stands here, where text should be."),
        ("title: Again", "4:5: topics[0].title", "stands twice in one group, first on line 3"),
        ("links: [{url: nowhere}]", "4:19: topics[0].links[0].url", "not a web address"),
        ("links: [{}]", "4:13: topics[0].links[0].url", 'The key "url" is missing.'),
        ("links: [{url: [}]", "4:20: ", "Put it in quotes if it is text"),
        ("  rank: 1", "4:11: ", "A colon followed by a space"),
    ],
)
def test_each_kind_of_fault_of_an_item(folder, line, place, words):
    home = folder(topics=f"topics:\n  - key: cells\n    title: Cells\n    {line}\n")
    found, sentence = the_fault(home)
    assert found == f"topics.yaml:{place}"
    assert words in sentence


def test_numbers_where_text_is_meant_stay_as_they_were_written(folder):
    home = folder(topics="topics:\n  - {key: 2025, title: 1.10, code: 007, since: 2025-02-14, rank: 3}\n")
    item = read_pack(home).contents.items["topics"]["2025"]
    assert item == {"key": "2025", "title": "1.10", "code": "007", "since": "2025-02-14", "rank": 3}


def test_missing_keys_lead_to_the_item(folder):
    assert places(folder(topics="topics:\n  - title: One\n  -\n    key: two\n")) == {
        "topics.yaml:2:5: topics[0].key": 'The key "key" is missing. Add a line "key: …".',
        "topics.yaml:4:5: topics[1].title": 'The key "title" is missing. Add a line "title: …".',
    }


def test_an_item_that_is_no_group_is_told(folder):
    place, sentence = the_fault(folder(topics="topics:\n  - key: a\n    title: A\n  - just words\n"))
    assert place == "topics.yaml:4:5: topics[1]"
    assert "not a group of keys" in sentence


def test_keys_are_given_once_among_the_items_of_a_part(folder):
    place, sentence = the_fault(
        folder(
            topics="topics:\n  - {key: a, title: A}\n  - title: B\n    key: a\n"
            "circles:\n  - {name: a, topics: []}\n"
        )
    )
    assert place == "topics.yaml:4:10: topics[1].key"
    assert sentence.startswith('The name "a" is given twice among the topics; the first stands in ')
    assert "topics.yaml:2." in sentence


def test_a_name_that_is_too_long_or_empty_is_told(folder):
    home = folder(topics=f"circles:\n  - name: {'x' * 201}\n    topics: []\n  - name: ''\n    topics: []\n")
    first, second = places(home).items()
    assert first[0] == "topics.yaml:2:11: circles[0].name"
    assert "longer than 200 characters" in first[1]
    assert second[0] == "topics.yaml:4:11: circles[1].name"
    assert "no name of its own" in second[1]


def test_a_check_across_parts_leads_to_the_key(folder):
    home = folder(topics="topics:\n  - {key: a, title: A}\ncircles:\n  - name: R\n    topics: [a, b]\n")
    assert the_fault(home) == (
        "topics.yaml:5:17: circles[0].topics[1]",
        'There is no topic "b". Write the key of one.',
    )
    assert check_pack(home)[0].found == '"b"'


def test_an_item_with_a_fault_still_counts_for_those_that_name_it(folder):
    home = folder(topics="topics:\n  - {key: a, titel: A}\ncircles:\n  - {name: R, topics: [a]}\n")
    assert list(places(home)) == ["topics.yaml:2:5: topics[0].title", "topics.yaml:2:14: topics[0].titel"]


def test_items_are_put_behind_those_that_they_need(folder):
    home = folder(
        topics="""\
            topics:
              - {key: leaf, title: L, parent: twig}
              - {key: twig, title: T, parent: root}
              - {key: root, title: R}
            """
    )
    assert [located.key for located in read_pack(home).items["topics"]] == ["root", "twig", "leaf"]


def test_items_that_wait_for_each_other_are_told(folder):
    home = folder(
        topics="""\
            topics:
              - {key: a, title: A, parent: b}
              - {key: b, title: B, parent: a}
              - {key: c, title: C, parent: c}
            """
    )
    line = places(home)
    assert list(line) == ["topics.yaml:2:5: topics[0]", "topics.yaml:4:5: topics[2]"]
    assert "wait for each other in a circle" in line["topics.yaml:2:5: topics[0]"]


def test_files_and_sections_that_nobody_reads_are_told(folder):
    home = folder(topics="topcs: []\nwholly different: []\n", note="---\ntitle: A\n---\nB\n")
    (home / "topic.yaml").write_text("")
    (home / "photo.jpg").write_text("no picture")
    (home / "notse").mkdir()
    (home / "notse" / "one.md").write_text("no head")
    assert places(home) == {
        "notse/one.md:1:1: ": 'Nothing reads the file "notse/one.md". Did you mean "notes/one.md"?',
        "photo.jpg:1:1: ": (
            'Nothing reads the file "photo.jpg". Files that are read: '
            "pack.yaml, topics.yaml, notes/*.md and house.yaml."
        ),
        "topic.yaml:1:1: ": 'Nothing reads the file "topic.yaml". Did you mean "topics.yaml"?',
        "topics.yaml:1:1: topcs": 'Nothing reads the section "topcs". Did you mean "topics"?',
        "topics.yaml:2:1: wholly different": (
            'Nothing reads the section "wholly different". Sections of this file: topics and circles.'
        ),
    }


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("topics: cells\n", "topics.yaml:1:9: topics", '"cells" is not a list. Begin each item'),
        ("topics: {key: a}\n", "topics.yaml:1:9: topics", "is not a list"),
        ("- key: a\n", "topics.yaml:1:1: ", 'Begin with "topics:"'),
        ("cells\n", "topics.yaml:1:1: ", "is not a group of sections"),
    ],
)
def test_sections_hold_lists(folder, text, place, words):
    found, sentence = the_fault(folder(topics=text))
    assert found == place
    assert words in sentence


def test_a_whole_file_is_one_item(folder):
    assert the_fault(folder(house=""))[1].startswith("Nothing stands here, where a group of keys should be.")
    found, sentence = the_fault(folder(house="name: A\nfone: 1\n"))
    assert found == "house.yaml:2:1: fone"
    assert 'Did you mean "phone"?' in sentence


def test_front_matter_and_body_have_their_places(folder):
    home = folder(note="---\ntitle: One\ndate: soon\n---\n\n" + "x" * 501 + "\n")
    assert list(places(home)) == ["notes/first.md:3:7: date", "notes/first.md:6:1: body"]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("title: T\nlanguage: en\n", "1:1: name", 'The key "name" is missing.'),
        (PACK.replace("small", "Very Small"), "1:7: name", "lower-case letters, digits and hyphens"),
        (PACK.replace("2025-02-14", "Valentine"), "4:8: as_of", "not a day"),
        (PACK.replace("true", "yes"), "5:16: demonstration", "Write true or false"),
        (
            PACK.replace("language: en", "language: English"),
            "3:11: language",
            '"English" is not one of en',
        ),
        (PACK + "nmae: x\n", "6:1: nmae", 'no key "nmae"'),
        ("", "1:1: ", "a group of keys should be"),
        (b"name: \xff", "1:7: ", "UTF-8"),
    ],
)
def test_the_packs_own_file_is_checked(folder, text, place, words):
    found, sentence = the_fault(folder(pack=text))
    assert found == f"pack.yaml:{place}"
    assert words in sentence


def test_a_folder_without_pack_yaml_is_no_pack(folder):
    home = folder()
    (home / "pack.yaml").rename(home / "pakc.yaml")
    assert list(places(home)) == ["pack.yaml:1:1: ", "pakc.yaml:1:1: "]
    assert "Make one with the keys name, title and language" in places(home)["pack.yaml:1:1: "]


def test_what_is_no_folder_is_told_once(tmp_path, parts):
    (issue,) = check_pack(tmp_path / "nowhere")
    assert "is not a folder" in issue.expected


def test_all_faults_come_at_once_in_the_order_of_their_places(folder):
    home = folder(
        pack=PACK + "extra: 1\n",
        topics="topics:\n  - {title: A, key: A, rank: x}\n  - {key: a}\n"
        "circles:\n  - {name: R, topics: [q]}\n",
        house="name: [\n",
        note="no head",
    )
    assert list(places(home)) == [
        "house.yaml:2:1: ",
        "notes/first.md:1:1: ",
        "pack.yaml:6:1: extra",
        "topics.yaml:2:21: topics[0].key",
        "topics.yaml:2:30: topics[0].rank",
        "topics.yaml:3:5: topics[1].title",
        "topics.yaml:5:24: circles[0].topics[0]",
    ]


def test_a_source_of_another_kind_is_a_fault_of_the_house(folder, registry):
    registry.register(replace(SOCIETY, name="odd", source="odd.csv"))
    with pytest.raises(ValueError, match=r"'odd' reads 'odd.csv'"):
        check_pack(folder())
