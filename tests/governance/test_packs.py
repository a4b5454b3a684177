from datetime import date

import pytest

from collegium.governance import packs, queries
from collegium.governance.models import Body
from collegium.intake.actions import check_pack, load_pack
from collegium.kit.packs import PackContents

pytestmark = pytest.mark.django_db

BODIES = """
bodies:
  - key: board
    title: Board
    kind: board
    roles: [Chair]
    remit: "It decides. See [itself](body:board)."
    terms:
      - {name: Ada Sample, role: Chair, start: 2023-07-01, end: 2026-06-30}
      - {name: Ben Example, role: Member, start: "2023", note: By its year}
"""


@pytest.fixture
def pack(tmp_path):
    def write(text):
        (tmp_path / "pack.yaml").write_text("name: small\ntitle: Small\nlanguage: en\n")
        (tmp_path / "society.yaml").write_text("name: Small\nzone: Asia/Tokyo\n")
        (tmp_path / "governance.yaml").write_text(text)
        return tmp_path

    return write


def test_a_body_comes_with_its_terms_in_the_society_s_calendar(pack):
    folder = pack(BODIES)
    load_pack(folder)
    body = Body.objects.get()
    assert body.live
    assert [str(term.start) for term in body.terms.all()] == ["2023-07-01[Asia/Tokyo]", "2023[Asia/Tokyo]"]
    assert [term.name for term in queries.serving(body, date(2025, 2, 14))] == ["Ada Sample", "Ben Example"]
    assert f"/go/body/{body.public_id}/" in body.remit
    assert {told.key for told in load_pack(folder).unchanged} >= {"board"}


def test_a_changed_term_follows_the_pack(pack):
    load_pack(pack(BODIES))
    load_pack(pack(BODIES.replace("end: 2026-06-30", "end: 2024-01-31, note: Left early")))
    assert [str(term.end or "") for term in Body.objects.get().terms.all()] == ["2024-01-31[Asia/Tokyo]", ""]
    assert Body.objects.get().terms.count() == 2


@pytest.mark.parametrize(
    "old, new, place, words",
    [
        ("end: 2026-06-30", "end: 2022", "terms[0].end", "ends before it starts"),
        ("start: 2023-07-01", "start: 2023-02-30", "terms[0].start", "not in the calendar"),
        ("start: 2023-07-01", "start: last year", "terms[0].start", "last year"),
        ("kind: board", "kind: club", "kind", "club"),
        ("body:board", "body:nope", "remit", "leads nowhere"),
    ],
)
def test_a_fault_is_told_at_its_place(pack, old, new, place, words):
    faults = [str(fault) for fault in check_pack(pack(BODIES.replace(old, new, 1)))]
    assert len(faults) == 1
    assert place in faults[0]
    assert words in faults[0]


def test_without_a_society_terms_are_of_the_calendar_of_utc():
    assert packs.society_zone({}, PackContents({}, {})) == "UTC"
