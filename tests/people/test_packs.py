from pathlib import Path

import pytest
import yaml

from collegium.governance.models import Body, Term
from collegium.intake.actions import check_pack, load_pack
from collegium.people.identifiers import normalize_orcid
from collegium.people.models import Organisation, Person, PersonEmail

pytestmark = pytest.mark.django_db

DEMO = Path(__file__).resolve().parents[2] / "packs" / "isscr" / "people.yaml"
PEOPLE = """
organisations:
  - {key: clinic, name: Example Clinic, kind: healthcare, country: JP, parent: university}
  - {key: university, name: Sample University, names: {ja: 見本大学}, domains: [sample.example]}
persons:
  - key: tarou-yamada
    name: 山田 太郎
    sorting_name: Yamada, Tarō
    former_names: [木村 太郎]
    orcid: 0000-0002-1694-233X
    country: JP
    topics: [organoids]
    emails: [Taro@sample.example, taro@home.example]
    affiliations:
      - {organisation: clinic, role: Professor, start: 2019-04}
      - {organisation_name: A school, end: "2018"}
  - {key: ada-sample, name: Ada Sample}
"""
BODIES = """
bodies:
  - key: board
    title: Board
    kind: board
    terms:
      - {name: Prof. Yamada, person: tarou-yamada, role: Chair, start: 2023-07-01}
"""


@pytest.fixture
def pack(tmp_path):
    def write(people=PEOPLE, bodies=""):
        (tmp_path / "pack.yaml").write_text("name: small\ntitle: Small\nlanguage: en\n")
        (tmp_path / "society.yaml").write_text("name: Small\nzone: Asia/Tokyo\n")
        (tmp_path / "people.yaml").write_text(people)
        (tmp_path / "governance.yaml").write_text(bodies or "bodies: []\n")
        return tmp_path

    return write


def issues(folder):
    return [str(issue) for issue in check_pack(folder)]


def test_persons_come_with_all_that_hangs_on_them(pack):
    load_pack(pack())
    person = Person.objects.get(orcid="0000-0002-1694-233X")
    assert person.primary_email == "taro@sample.example"
    assert [str(row.address) for row in person.emails.filter(is_primary=False)] == ["taro@home.example"]
    assert not person.emails.filter(proven_at__isnull=False).exists()
    assert next((row.place, str(row.start)) for row in person.affiliations.all()) == (
        "Example Clinic",
        "2019-04[Asia/Tokyo]",
    )
    assert list(Person.objects.named("kimura")) == []
    assert list(Person.objects.named("木村")) == [person]
    clinic = Organisation.objects.get(name="Example Clinic")
    assert clinic.parent.names.filter(name="見本大学", language="ja").exists()


def test_a_term_of_office_points_at_its_person_and_keeps_its_name(pack):
    load_pack(pack(bodies=BODIES))
    term = Term.objects.get()
    assert (term.name, term.person.name) == ("Prof. Yamada", "山田 太郎")
    assert Body.objects.get().latest_revision.content["terms"][0]["person"] == term.person.pk


def test_a_pack_that_is_loaded_again_changes_what_it_changed_only(pack):
    folder = pack()
    load_pack(folder)
    ada = Person.objects.get(name="Ada Sample")
    ada.name = "Ada Sample-Jones"
    ada.save()
    pack(PEOPLE.replace("Ada Sample", "Ada B. Sample").replace("[organoids]", "[imaging]"))
    report = load_pack(folder)
    assert [(line.part, line.key) for line in report.kept] == [("persons", "ada-sample")]
    assert [(line.part, line.key) for line in report.updated] == [("persons", "tarou-yamada")]
    person = Person.objects.get(orcid="0000-0002-1694-233X")
    assert [topic.topic for topic in person.topics.all()] == ["imaging"]
    assert person.affiliations.count() == 2
    assert load_pack(folder).updated == []


def test_new_persons_join_those_that_stand_there(pack):
    folder = pack()
    load_pack(folder)
    pack(PEOPLE + "  - {key: ben-example, name: Ben Example, affiliations: [{organisation: clinic}]}\n")
    assert [line.key for line in load_pack(folder).made] == ["ben-example"]
    assert Person.objects.count() == 3


def test_what_staff_deleted_stays_deleted(pack):
    folder = pack()
    load_pack(folder)
    Person.objects.get(name="Ada Sample").delete()
    assert [line.key for line in load_pack(folder).left_deleted] == ["ada-sample"]


@pytest.mark.parametrize(
    "written, wrong, said",
    [
        ("0000-0002-1694-233X", "0000-0002-1694-2339", "last figure is wrong"),
        ("organisation: clinic", "organisation: nowhere", "No organisation has the key 'nowhere'"),
        ("organisation_name: A school, ", "", "Give `organisation`, a key, or `organisation_name`"),
        ("parent: university", "parent: clinic", "not part of itself"),
        ("2019-04", "2019-13", "2019-13"),
    ],
)
def test_mistakes_are_named_with_their_place(pack, written, wrong, said):
    [issue] = issues(pack(PEOPLE.replace(written, wrong)))
    assert said in issue
    assert "people.yaml" in issue


def test_a_term_cannot_name_a_person_who_is_not_there(pack):
    [issue] = issues(pack(bodies=BODIES.replace("tarou-yamada", "nobody")))
    assert "No person has the key 'nobody'" in issue


def test_two_persons_with_one_orcid_are_refused_by_name(pack):
    from collegium.intake.errors import PackRefused

    double = PEOPLE + "  - {key: copy, name: Copy, orcid: 0000-0002-1694-233X}\n"
    with pytest.raises(PackRefused, match="persons"):
        load_pack(pack(double))
    assert Person.objects.count() == 0


@pytest.fixture(scope="module")
def demo():
    return yaml.safe_load(DEMO.read_text(encoding="utf-8"))


def test_the_demonstration_has_a_society_s_worth_of_persons(demo):
    persons = demo["persons"]
    assert len(persons) >= 300
    assert len({person["country"] for person in persons}) >= 40
    scripts = [person for person in persons if not person["name"].isascii()]
    assert len(scripts) > len(persons) / 3


def test_every_address_of_the_demonstration_is_an_example(demo):
    domains = {mail.partition("@")[2] for person in demo["persons"] for mail in person.get("emails", [])}
    domains |= {
        domain for organisation in demo["organisations"] for domain in organisation.get("domains", [])
    }
    assert {domain for domain in domains if not domain.endswith(".example")} == set()


def test_no_orcid_of_the_demonstration_can_be_a_real_one(demo):
    orcids = [person["orcid"] for person in demo["persons"] if "orcid" in person]
    assert orcids
    for orcid in orcids:
        assert normalize_orcid(orcid) == orcid
        assert orcid < "0000-0001-5000"  # ORCID gives iDs from 0000-0001-5000-0007 on


def test_no_person_of_the_demonstration_is_there_twice(demo):
    names = [person["name"] for person in demo["persons"]]
    assert sorted(set(names)) == sorted(names)
    emails = [mail for person in demo["persons"] for mail in person.get("emails", [])]
    assert len(set(emails)) == len(emails)


def test_the_demonstration_is_loaded_by_few_statements(django_assert_max_num_queries, pack):
    folder = pack(DEMO.read_text(encoding="utf-8"))
    with django_assert_max_num_queries(80):
        load_pack(folder)
    assert PersonEmail.objects.count() > 250
