import json
from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from taggit.models import Tag

from collegium.audit.models import Entry
from collegium.intake.actions import check_pack, load_pack
from collegium.intake.errors import PackRefused
from collegium.intake.models import Pack, PackItem
from collegium.kit import packs

from .importers import CIRCLES, PACK, TOPIC, TOPICS

TWO = "topics:\n  - {key: a, title: A}\n  - {key: b, title: B}\ncircles:\n  - {name: R, topics: [a]}\n"


def names():
    return dict(Tag.objects.values_list("slug", "name"))


def line(items):
    return [str(item) for item in items]


def test_a_first_load_makes_everything(db, folder):
    report = load_pack(folder(topics=TWO, house="name: H\n", note="---\ntitle: N\n---\nText\n"))
    assert line(report.made) == ["topics a", "topics b", "circles R", "notes first", "house house"]
    assert report.counts() == {
        "made": 5,
        "updated": 0,
        "unchanged": 0,
        "kept": 0,
        "left_deleted": 0,
        "gone": 0,
    }
    assert names() == {"a": "A", "b": "B", "note-first": "N", "house": "H"}
    assert Group.objects.filter(name="R").exists()


def test_what_the_pack_says_of_itself_is_kept(db, folder):
    load_pack(folder())
    pack = Pack.objects.get()
    assert (pack.name, pack.title, pack.as_of, pack.demonstration) == (
        "small",
        "A small pack",
        date(2025, 2, 14),
        True,
    )


def test_the_version_is_that_of_everything_it_says(db, folder):
    versions = []
    for topics in (TWO, TWO + "\n# a remark\n", TWO.replace("title: B", "title: C")):
        load_pack(folder(topics=topics))
        versions.append(Pack.objects.get().version)
    assert versions[0] == versions[1] != versions[2]


def test_loading_the_same_again_does_nothing(db, folder):
    home = folder(topics=TWO)
    load_pack(home)
    before = list(PackItem.objects.values_list("pk", "loaded_at"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        report = load_pack(home)
    assert (len(report.unchanged), report.made, report.updated) == (3, [], [])
    assert list(PackItem.objects.values_list("pk", "loaded_at")) == before
    assert not [q for q in queries if "taggit_tag" in q["sql"] and not q["sql"].startswith("SELECT")]


def test_what_only_the_pack_has_changed_follows_the_pack(db, folder):
    load_pack(folder(topics=TWO))
    report = load_pack(folder(topics=TWO.replace("title: B", "title: Bee")))
    assert (line(report.updated), len(report.unchanged)) == (["topics b"], 2)
    assert names() == {"a": "A", "b": "Bee"}
    again = load_pack(folder(topics=TWO.replace("title: B", "title: Bees")))
    assert line(again.updated) == ["topics b"]
    assert names()["b"] == "Bees"


def test_what_an_editor_has_changed_is_kept_and_told_each_time(db, folder):
    load_pack(folder(topics=TWO))
    Tag.objects.filter(slug="b").update(name="By hand")
    assert load_pack(folder(topics=TWO)).kept == []
    changed = folder(topics=TWO.replace("title: B", "title: Bee"))
    for _ in range(2):
        report = load_pack(changed)
        assert line(report.kept) == ["topics b"]
        assert "edited here since" in report.kept[0].reason
        assert names()["b"] == "By hand"


def test_an_edit_that_was_taken_back_no_longer_keeps_the_pack_away(db, folder):
    load_pack(folder(topics=TWO))
    Tag.objects.filter(slug="b").update(name="By hand")
    changed = folder(topics=TWO.replace("title: B", "title: Bee"))
    load_pack(changed)
    Tag.objects.filter(slug="b").update(name="B")
    assert line(load_pack(changed).updated) == ["topics b"]


def test_what_an_editor_has_deleted_stays_deleted(db, folder):
    load_pack(folder(topics=TWO))
    Tag.objects.filter(slug="b").delete()
    for topics in (TWO, TWO.replace("title: B", "title: Bee")):
        report = load_pack(folder(topics=topics))
        assert line(report.left_deleted) == ["topics b"]
        assert names() == {"a": "A"}


def test_what_the_pack_no_longer_holds_stays_and_is_told(db, folder):
    load_pack(folder(topics=TWO))
    shorter = folder(topics=TWO.replace("  - {key: b, title: B}\n", ""))
    assert line(load_pack(shorter).gone) == ["topics b"]
    assert names() == {"a": "A", "b": "B"}
    Tag.objects.filter(slug="b").delete()
    assert load_pack(shorter).gone == []


def test_what_comes_back_into_the_pack_is_known_still(db, folder):
    load_pack(folder(topics=TWO))
    load_pack(folder(topics=TWO.replace("  - {key: b, title: B}\n", "")))
    report = load_pack(folder(topics=TWO.replace("title: B", "title: Bee")))
    assert line(report.updated) == ["topics b"]


def test_items_of_a_part_that_no_room_registers_any_more_are_told(db, folder, registry, monkeypatch):
    home = folder(house="name: H\n")
    load_pack(home)
    (home / "house.yaml").unlink()
    monkeypatch.setattr(packs, "_importers", {"topics": TOPICS})
    assert line(load_pack(home).gone) == ["house house"]


def test_what_stood_here_before_is_kept(db, folder):
    Tag.objects.create(slug="b", name="Older")
    for topics in (TWO, TWO.replace("title: B", "title: Bee")):
        report = load_pack(folder(topics=topics))
        assert line(report.kept) == ["topics b"]
        assert "stood here before" in report.kept[0].reason
    assert names() == {"a": "A", "b": "Older"}


def test_two_packs_do_not_own_each_others_records(db, folder):
    load_pack(folder(topics=TWO))
    report = load_pack(
        folder(pack=PACK.replace("small", "other"), topics=TWO.replace("title: B", "title: X"))
    )
    assert line(report.kept) == ["topics a", "topics b", "circles R"]
    assert names()["b"] == "B"


def test_parents_are_loaded_before_their_children(db, folder):
    load_pack(folder(topics="topics:\n  - {key: a, title: A, parent: b}\n  - {key: b, title: B}\n"))
    assert list(Tag.objects.order_by("pk").values_list("slug", flat=True)) == ["b", "a"]


def test_a_pack_with_faults_is_refused_and_nothing_of_it_loaded(db, folder):
    home = folder(topics=TWO + "  - {name: S}\n", house="nmae: H\n")
    with pytest.raises(PackRefused) as refused:
        load_pack(home)
    assert refused.value.issues == check_pack(home)
    assert len(refused.value.issues) == 3
    heading, *lines = str(refused.value).splitlines()
    assert (
        heading
        == f"Nothing was loaded from {home}, which has 3 faults. Mend what follows, then load it again."
    )
    assert lines[0].startswith(f"{home}/house.yaml:1:1: name: ")
    assert not Tag.objects.exists()
    assert not Pack.objects.exists()


def test_what_the_database_cannot_keep_is_refused_with_its_place(db, folder):
    Tag.objects.create(slug="elsewhere", name="B")
    with pytest.raises(PackRefused) as refused:
        load_pack(folder(topics=TWO))
    (issue,) = refused.value.issues
    assert (issue.line, issue.column, issue.path) == (3, 5, "topics[1]")
    assert "The database cannot keep this" in issue.expected
    assert names() == {"elsewhere": "B"}
    assert not Pack.objects.exists()


def test_what_a_model_refuses_leads_to_the_key(db, folder, registry, monkeypatch):
    def strict(item, record, contents):
        tag = Tag(slug=item["key"], name=item["title"])
        tag.full_clean()
        tag.save()
        return tag

    monkeypatch.setitem(packs._importers, "topics", replace(TOPICS, load=strict))
    with pytest.raises(PackRefused) as refused:
        load_pack(folder(topics=f"topics:\n  - {{key: a, title: A}}\n  - {{key: {'b' * 101}, title: B}}\n"))
    (issue,) = refused.value.issues
    assert (issue.line, issue.column) == (3, 5)
    assert "at most 100 characters" in str(issue)
    assert names() == {}


def test_a_load_that_breaks_in_the_middle_leaves_nothing(db, folder, monkeypatch):
    def broken(item, record, contents):
        raise RuntimeError("the room has a fault")

    monkeypatch.setitem(packs._importers, "circles", replace(CIRCLES, load=broken))
    with pytest.raises(RuntimeError, match="the room has a fault") as caught:
        load_pack(folder(topics=TWO))
    assert "while loading circles 'R'" in caught.value.__notes__[0]
    assert not Tag.objects.exists()
    assert not PackItem.objects.exists()
    assert not Entry.objects.filter(verb="pack.loaded").exists()


def test_a_part_that_does_not_find_what_it_loaded_is_a_fault_of_the_house(db, folder, monkeypatch):
    monkeypatch.setitem(packs._importers, "topics", replace(TOPICS, find=lambda key: None))
    with pytest.raises(LookupError, match="does not find it again"):
        load_pack(folder(topics=TWO))
    assert not Tag.objects.exists()


def test_it_is_announced_within_the_transaction(db, folder):
    heard = []

    def hear(sender, pack, **_):
        heard.append((pack["name"], names(), connection.in_atomic_block))

    packs.pack_loaded.connect(hear)
    try:
        load_pack(folder(topics=TWO))
    finally:
        packs.pack_loaded.disconnect(hear)
    assert heard == [("small", {"a": "A", "b": "B"}, True)]


def test_a_listener_that_fails_takes_the_load_with_it(db, folder):
    def fail(**_):
        raise RuntimeError("no")

    packs.pack_loaded.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            load_pack(folder(topics=TWO))
    finally:
        packs.pack_loaded.disconnect(fail)
    assert not Tag.objects.exists()


def test_who_loaded_it_is_written_down(db, folder, django_user_model):
    editor = django_user_model.objects.create_user("editor@example.org")
    load_pack(folder(topics=TWO), by=editor)
    entry = Entry.objects.get(verb="pack.loaded")
    assert (entry.actor, entry.subject_name) == (f"people.account:{editor.pk}", "A small pack")
    assert entry.facts["made"] == 3


def test_checking_writes_nothing(db, folder):
    assert check_pack(folder(topics=TWO)) == []
    assert not Tag.objects.exists()


WORDS = st.sampled_from(
    [
        *["topics", "circles", "key", "title", "zone", "kind", "name", "true", "0", "1.5", "~", "<<"],
        *["-", ":", ": ", "- ", "[", "]", "{", "}", ",", "?", "---", "...", "#", "%", "@", "`"],
        *[
            "*a",
            "&a ",
            "!!int ",
            "!",
            "|",
            ">",
            "'",
            '"',
            "\\",
            "\n",
            "\n  ",
            "\n    ",
            " ",
            "\t",
            "\x00",
            "é",
            "\ud7ff",
        ],
    ]
)
# JSON is YAML: well-formed files, with the right keys at odd places and anything below them.
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*TOPIC["properties"], "topics", "body", "name"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)
SECTIONS = st.fixed_dictionaries(
    {}, optional={"topics": st.lists(ODD, max_size=4), "circles": st.lists(ODD, max_size=4)}
)
JUNK = st.one_of(
    ODD.map(lambda value: json.dumps(value).encode()),
    SECTIONS.map(lambda value: json.dumps(value).encode()),
    ODD.map(lambda value: f"---\n{json.dumps(value)}\n---\nText".encode()),
    st.binary(max_size=60),
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")),
    st.lists(WORDS, max_size=40).map(lambda words: "".join(words).encode()),
    st.lists(WORDS, max_size=30).map(lambda words: ("topics:\n  - key: a\n    " + "".join(words)).encode()),
)


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(topics=JUNK, note=JUNK, house=JUNK, own=st.one_of(st.just(PACK.encode()), JUNK))
def test_junk_is_refused_and_nothing_else_is_raised(db, folder, topics, note, house, own):
    home = folder(note="---\ntitle: N\n---\nText\n")
    for name, text in {
        "topics.yaml": topics,
        "notes/first.md": note,
        "house.yaml": house,
        "pack.yaml": own,
    }.items():
        (home / name).write_bytes(text)
    for issue in faults_of_loading(home):
        assert issue.line >= 1
        assert issue.column >= 1
        assert issue.expected


def faults_of_loading(home):
    try:
        load_pack(home)
    except PackRefused as refused:
        return refused.issues
    return []
