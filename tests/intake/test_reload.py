"""Loading the demo's own pack again: what the office has done in between always comes first."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from wagtail.models import Page, Site

from collegium.events.models import Event, EventKind
from collegium.intake.actions import check_pack, load_pack
from collegium.intake.errors import PackRefused
from collegium.newsroom.models import NewsItem, NewsPage
from collegium.pages.models import Navigation, SiteSettings
from collegium.pages.pack_texts import named_page
from collegium.website.models import HomePage

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


@pytest.fixture
def pack(tmp_path):
    copy = tmp_path / "isscr"
    shutil.copytree(ROOT / "packs" / "isscr", copy)
    return copy


@pytest.fixture
def starter(tmp_path):
    """A copy of the small pack: a society that loads it from nothing is there in a moment."""
    copy = tmp_path / "starter"
    shutil.copytree(ROOT / "packs" / "starter", copy)
    return copy


@pytest.fixture
def loaded(pack, demo):
    """A copy of the demo's pack, which has been loaded."""
    return pack


def rewrite(pack, file, old, new):
    path = pack / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))


def kept(report):
    return {line.key for line in report.kept}


def updated(report):
    return {line.key for line in report.updated}


EVENT = ("events.yaml", "title: ISSCR 2025", "title: ISSCR 2025 in Hong Kong")
NEWS = ("news/2025-02-12-roger-arnold-pedersen.md", "summary:", "summary: Changed.")
PAGE = ("pages/patients.md", "title: Patients", "title: For patients")
HOME = ("home.yaml", "headline: Every cell begins undecided", "headline: Another headline")
MENUS = ("navigation.yaml", "title: Job board", "title: Jobs")
SOCIETY = ("society.yaml", "short_name: ISSCR", "short_name: ISSCR again")


def records():
    return {
        "isscr-2025": Event.objects.get(locale__language_code="en", slug="isscr-2025"),
        "2025-02-12-roger-arnold-pedersen": NewsItem.objects.get(title__contains="Pedersen").specific,
        "patients": named_page("patients").specific,
        "home": HomePage.objects.get(locale__language_code="en"),
    }


def test_what_nobody_touched_follows_the_pack(loaded):
    for change in (EVENT, PAGE, HOME, MENUS, SOCIETY):
        rewrite(loaded, *change)
    report = load_pack(loaded)
    assert updated(report) == {"isscr-2025", "patients", "home", "navigation", "society"}
    assert not report.kept
    assert Event.objects.get(locale__language_code="en", slug="isscr-2025").title == "ISSCR 2025 in Hong Kong"
    assert HomePage.objects.get(locale__language_code="en").headline == "Another headline"
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("key, change", [("isscr-2025", EVENT), ("patients", PAGE), ("home", HOME)])
@pytest.mark.parametrize("how", ["draft", "published", "scheduled"])
def test_an_edit_that_the_pack_knows_nothing_of_keeps_a_record_too(loaded, key, change, how):
    record = records()[key]
    if key == "isscr-2025":
        record.review_by = date(2025, 6, 1)
    else:
        record.search_description = "For search engines"
    if how == "scheduled":
        record.go_live_at = timezone.now() + timedelta(days=9)
    revision = record.save_revision()
    if how != "draft":
        revision.publish()
    rewrite(loaded, *change)
    assert kept(load_pack(loaded)) == {key}
    again = records()[key]
    assert again.latest_revision_id == revision.pk
    assert (again.scheduled_revision is not None) == (how == "scheduled")


def test_menus_and_the_society_as_the_office_has_them_are_kept(loaded):
    SiteSettings.objects.update(phone="+41 44 000 00 00")
    menus = Navigation.objects.get(locale__language_code="en")
    menus.contact = []
    menus.save()
    rewrite(loaded, *MENUS)
    rewrite(loaded, *SOCIETY)
    assert kept(load_pack(loaded)) == {"navigation", "society"}


def test_that_it_is_a_demonstration_is_the_offices_to_say(loaded):
    SiteSettings.objects.update(demonstration=False)
    load_pack(loaded)
    assert SiteSettings.objects.get().demonstration is False


def test_what_stood_there_before_the_first_load_is_kept_and_told(starter):
    SiteSettings.objects.create(email="office@mine.example")
    mine = HomePage(title="Mine", slug="mine", headline="My own headline")
    Page.get_first_root_node().add_child(instance=mine)
    mine.save_revision().publish()
    Site.objects.update(root_page=mine)
    Navigation.objects.create(locale=mine.locale)
    report = load_pack(starter)
    assert {"society", "home", "navigation"} <= kept(report)
    assert SiteSettings.objects.get().email == "office@mine.example"
    assert HomePage.objects.get(locale__language_code="en").headline == "My own headline"
    assert load_pack(starter).lines()


def test_a_kind_under_another_key_is_the_same_kind(loaded):
    EventKind.objects.filter(key="webinar").update(key="seminar")
    rewrite(loaded, "events.yaml", 'title: "Communicating Science', 'title: "Again: Communicating Science')
    assert updated(load_pack(loaded)) == {"communicating-science"}


def test_a_page_follows_the_pack_below_another(loaded):
    rewrite(loaded, "pages/patients.md", "parent: education", "parent: advocacy")
    load_pack(loaded)
    assert named_page("patients").get_parent().slug == "advocacy"
    assert Page.find_problems() == ([], [], [], [], [])


def test_pages_stand_in_the_order_of_their_positions(loaded):
    below = named_page("education").get_children().values_list("slug", flat=True)
    assert list(below) == ["educators", "patients", "patient-handbook", "clinicians"]


NEWS_BELOW = "key: news\n    kind: news\n    parent: discovery"


def test_sections_stand_below_a_page_among_its_pages(starter):
    for page in ("contact", "membership"):
        rewrite(starter, f"pages/{page}.md", 'parent: ""', "parent: about")
    rewrite(starter, "sections.yaml", "key: news\n    kind: news", f"{NEWS_BELOW}\n    position: 25")
    rewrite(starter, "sections.yaml", "parent: discovery", "parent: about")
    load_pack(starter)
    below = named_page("about").get_children().live().values_list("slug", flat=True)
    assert list(below) == ["contact", "news", "membership"]
    assert NewsPage.objects.get(locale__language_code="en").url == "/en/about/news/"
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_section_follows_the_pack_below_a_page(loaded):
    rewrite(loaded, "sections.yaml", "key: news\n    kind: news", NEWS_BELOW)
    load_pack(loaded)
    assert NewsPage.objects.get(locale__language_code="en").get_parent().slug == "discovery"
    assert NewsItem.objects.first().url.startswith("/en/discovery/news/")
    assert Page.find_problems() == ([], [], [], [], [])


def test_news_cannot_become_of_another_kind(loaded):
    rewrite(loaded, "news/2025-02-12-roger-arnold-pedersen.md", "kind: remembrance", "kind: announcement")
    with pytest.raises(PackRefused, match="cannot become one of another kind"):
        load_pack(loaded)


def test_what_staff_took_away_is_told_with_the_place_that_needs_it(loaded):
    NewsPage.objects.get(locale__language_code="en").delete()
    (loaded / "news" / "2025-03-01-new.md").write_text(
        "---\ntitle: New\nkind: announcement\ndate: 2025-03-01\n---\n\nNew.\n"
    )
    with pytest.raises(PackRefused, match="was taken away here"):
        load_pack(loaded)


@pytest.mark.parametrize(
    "file, old, new, where, words",
    [
        ("pack.yaml", "language: en", "language: xx", "language", "not one of en"),
        ("sections.yaml", "kind: news", "kind: events", "", "News need a page"),
        ("sections.yaml", "kind: news", "kind: news\n    parent: nope", "parent", "'nope'"),
        ("sections.yaml", "kind: events", "kind: events\n    parent: discovery", "parent", "below the home"),
        ("events.yaml", "An hour and a quarter", "[x](page:nope) An hour", "body", "page:nope"),
        ("pages/patients.md", "key: patients", "key: news", "key", "has the key 'news' already"),
        ("home.yaml", "page: policy", "page: nope", "page", "nope"),
        ("navigation.yaml", "page: job-board", "page: nope", "page", "nope"),
    ],
)
def test_a_fault_across_parts_is_told_at_its_place(pack, file, old, new, where, words):
    rewrite(pack, file, old, new)
    issues = [issue for issue in check_pack(pack) if words in str(issue)]
    assert issues, check_pack(pack)
    assert str(issues[0].path).endswith(where) or where in str(issues[0])
    assert issues[0].line >= 1


def below(key):
    return [page.slug for page in named_page(key).get_children() if page.live]


def test_a_changed_position_moves_a_page_among_its_siblings(loaded):
    before = below("education")
    last = before[-1]
    text = (loaded / "pages" / f"{last}.md").read_text()
    position = next(line for line in text.splitlines() if line.startswith("position: "))
    rewrite(loaded, f"pages/{last}.md", position, "position: 1")
    assert updated(load_pack(loaded)) == {last}
    assert below("education") == [last, *before[:-1]]
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_page_that_the_office_put_elsewhere_among_its_siblings_stays_there(loaded, office):
    first, *others = below("education")
    named_page(first).move(named_page("education"), pos="last-child", user=office)
    assert below("education") == [*others, first]
    rewrite(loaded, f"pages/{first}.md", "title: ", "title: Now ")
    assert kept(load_pack(loaded)) == {first}
    assert below("education") == [*others, first]
