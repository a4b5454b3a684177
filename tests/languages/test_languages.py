"""A society in several languages: what stands where, what is said of it, and what staff keep."""

import re
import shutil

import polib
import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import StringTranslation, Translation

from collegium.events.models import Event
from collegium.intake.actions import load_pack
from collegium.intake.errors import PackRefused
from collegium.languages.models import TranslationStatus
from collegium.pages.models import SiteSettings
from collegium.website.models import TextPage
from makers_languages import pack_in
from scaffold import databases, demos

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


@pytest.fixture
def pack(tmp_path):
    return pack_in(tmp_path, ("ko", "ar"))


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """A society in three languages, loaded once for all tests of this module, and the folder of its pack."""
    folder = tmp_path_factory.mktemp("languages")
    with (
        django_db_blocker.unblock(),
        demos.made(lambda: _load(folder), databases.TEMPLATES, called="languages") as once,
    ):
        yield once, folder / "starter"


def _load(folder):
    load_pack(pack_in(folder, ("ko", "ar")))


@pytest.fixture
def society(loaded, as_of, db, tmp_path):
    """That society, for one test; its pack, for this test to change and to load again."""
    once, pack = loaded
    with demos.shown(once, commits=False):
        yield shutil.copytree(pack, tmp_path / "starter")


def body(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def test_a_language_that_nobody_uses_has_no_address(client, society):
    for path in ("/xx/", "/fr/", "/ja/", "/ja/events/", "/ja/events/calendar.ics"):
        assert client.get(path).status_code == 404, path
    assert '<html lang="en"' in body(client, "/ja/", 404)


def test_a_society_of_one_language_has_no_switch(client, tmp_path):
    pack_in(tmp_path, ())
    shown = body(client, "/en/")
    assert "hreflang" not in shown
    assert 'class="tool"' not in shown
    assert client.get("/ko/").status_code == 404
    assert "sitemap-en-pages-" in body(client, "/sitemap.xml")
    assert "sitemap-ko" not in body(client, "/sitemap.xml")


def test_the_switch_stays_on_the_page(client, society):
    shown = body(client, "/en/membership/")
    assert re.search(r'<a href="/ko/membership/" hreflang="ko"[^>]*><bdi lang="ko">한국어</bdi></a>', shown)
    assert re.search(r'<a href="/ar/events/first/" hreflang="ar"', body(client, "/ko/events/first/"))


def test_the_switch_says_where_it_leads(client, society):
    shown = body(client, "/en/privacy/")
    assert re.search(
        r'<a href="/ko/" hreflang="ko"><bdi lang="ko">한국어</bdi> <span class="tool-note">', shown
    )
    assert 'rel="alternate" hreflang' in body(client, "/en/membership/")
    assert 'rel="alternate" hreflang="ko"' not in shown


def test_alternates_name_every_language_and_a_default(client, society):
    shown = body(client, "/ko/events/first/")
    found = re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="http://testserver([^"]+)">', shown)
    assert dict(found) == {
        "en": "/en/events/first/",
        "x-default": "/en/events/first/",
        "ko": "/ko/events/first/",
        "ar": "/ar/events/first/",
    }


def test_arabic_runs_from_right_to_left(client, society):
    assert '<html lang="ar" dir="rtl">' in body(client, "/ar/")


def test_what_is_not_translated_is_listed_in_the_original(client, society):
    shown = body(client, "/ko/events/")
    assert '<h3><a href="/ko/events/first/">가irst talk</a></h3>' in shown
    assert '<h3 lang="en" dir="ltr"><a href="/en/events/second/" hreflang="en">Second talk</a></h3>' in shown
    assert shown.count('class="language-tag"') >= 2


@pytest.mark.parametrize("path", ["events/second/", "privacy/"])
def test_an_address_without_a_translation_offers_the_original(client, society, path):
    assert f'<a href="/en/{path}" hreflang="en">' in body(client, f"/ko/{path}", 404)


def test_the_original_is_offered_on_a_site_of_any_size(
    client, society, monkeypatch, django_assert_max_num_queries
):
    from collegium.website import not_found

    monkeypatch.setattr(not_found, "MAX_COMPARED", 0)
    with django_assert_max_num_queries(34):
        assert '<a href="/en/events/second/" hreflang="en">' in body(client, "/ko/events/second/", 404)


@pytest.mark.parametrize("path", ["events/no-such-event/", "events/kind/nothing/", "nothing/", "a/" * 40])
def test_an_original_that_is_not_there_is_not_offered(client, society, path):
    assert 'hreflang="en">Read it' not in body(client, f"/ko/{path}", 404)


def test_an_original_that_is_not_public_is_not_offered(client, society):
    page = Page.objects.get(slug="privacy", locale__language_code="en")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert (
        'href="/en/privacy/"'
        not in body(client, "/ko/privacy/", 404).partition("<main")[2].partition("</main")[0]
    )


def test_what_stands_above_a_translation_does_not_come_with_it(client, society):
    stand_ins = Page.objects.filter(locale__language_code="ko", alias_of__isnull=False)
    assert not stand_ins.filter(live=True).exists()


def test_feeds_and_sitemap_are_of_their_language(client, society):
    feed = body(client, "/ko/events/calendar.ics")
    assert "가irst talk" in feed
    assert "Second talk" in feed
    assert "First talk" not in feed
    (sheet,) = re.findall(
        r"<loc>http://testserver(/sitemap-ko-events-\d+.xml)</loc>", body(client, "/sitemap.xml")
    )
    shown = body(client, sheet)
    assert "<loc>http://testserver/ko/events/first/</loc>" in shown
    assert '<xhtml:link rel="alternate" hreflang="en" href="http://testserver/en/events/first/"/>' in shown
    assert "second" not in shown


def test_a_kind_is_filtered_in_every_language(client, society):
    assert "Second talk" in body(client, "/ko/events/kind/webinar/")
    assert "Second talk" in body(client, "/ko/events/?kind=webinar")


def test_the_society_is_called_by_its_name_in_the_language(client, society):
    name = SiteSettings.load().name
    assert f"가{name[1:]}</title>" in body(client, "/ko/")
    assert f"{name}</title>" in body(client, "/en/")


# --- honest status


def change(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_a_translation_says_when_the_original_is_newer(client, society):
    assert "translation-note" not in body(client, "/ko/membership/")
    page = TextPage.objects.get(slug="membership", locale__language_code="en")
    change(page, summary="Something else by now.")
    shown = body(client, "/ko/membership/")
    assert "translation-note" in shown
    assert 'href="/en/membership/" hreflang="en"' in shown
    assert "translation-note" not in body(client, "/en/membership/")
    assert TranslationStatus.objects.outdated().count() == 2


def test_what_is_no_word_does_not_make_a_translation_old(client, society):
    event = Event.objects.get(slug="first", locale__language_code="en")
    change(event, link="https://register.example/")
    assert "translation-note" not in body(client, "/ko/events/first/")


def test_a_fact_is_the_same_in_every_language_at_once(client, society):
    event = Event.objects.get(slug="first", locale__language_code="en")
    change(event, when="2025-03-12 10:00[Asia/Seoul]", status="full")
    korean = Event.objects.get(slug="first", locale__language_code="ko")
    assert korean.when == Event.objects.get(pk=event.pk).when
    assert korean.when_first == Event.objects.get(pk=event.pk).when_first
    assert korean.title == "가irst talk"
    assert korean.status == "full"


def test_what_is_taken_down_is_taken_down_in_every_language(client, society):
    Event.objects.get(slug="first", locale__language_code="en").unpublish()
    assert client.get("/ko/events/first/").status_code == 404


# --- packs, again


def test_loading_again_changes_nothing_that_staff_changed(society):
    korean = Locale.objects.get(language_code="ko")
    event = Event.objects.get(slug="first", locale=korean)
    words = StringTranslation.objects.get(
        locale=korean, translation_of__data="First talk", context__object_id=event.translation_key
    )
    words.data, words.tool_name = "첫 강연", ""
    words.save()
    words.context.object.sources.get().create_or_update_translation(korean, fallback=True)
    _touch(society, "ko", "On the first things.", "다른 말.")
    load_pack(society)
    event = Event.objects.get(slug="first", locale=korean)
    assert (event.title, event.summary) == ("첫 강연", "다른 말.")


def test_what_staff_deleted_does_not_come_back(society):
    Event.objects.get(slug="first", locale__language_code="ko").delete()
    _touch(society, "ko", "First talk", "첫 강연")
    load_pack(society)
    assert not Event.objects.filter(slug="first", locale__language_code="ko").exists()


def test_what_staff_took_over_is_theirs(society):
    Translation.objects.filter(target_locale__language_code="ko").update(enabled=False)
    _touch(society, "ko", "First talk", "첫 강연")
    load_pack(society)
    assert Event.objects.get(slug="first", locale__language_code="ko").title == "가irst talk"


def test_a_missing_translation_is_told_with_its_line(pack):
    line = _touch(pack, "ko", "First talk", "")
    with pytest.raises(PackRefused) as refused:
        load_pack(pack)
    assert f"languages/ko.po:{line}" in str(refused.value)
    assert "First talk" in str(refused.value)


def test_a_language_that_is_not_ready_is_not_shown(client, pack):
    listed = (pack / "languages.yaml").read_text()
    (pack / "languages.yaml").write_text(listed.replace("language: ko", "language: ko\n  ready: false"))
    load_pack(pack)
    assert client.get("/ko/").status_code == 404
    (pack / "languages.yaml").write_text(listed)
    load_pack(pack)
    assert client.get("/ko/").status_code == 200


def _touch(pack, language, msgid, msgstr):
    """Translate `msgid` anew; the line on which it then stands."""
    path = str(pack / f"languages/{language}.po")
    catalogue = polib.pofile(path)
    catalogue.find(msgid).msgstr = msgstr
    catalogue.save(path)
    return polib.pofile(path).find(msgid).linenum


# --- queries


@pytest.mark.parametrize("count", [1, 3])
def test_a_translated_list_costs_the_same_with_1_and_3_rows(
    client, society, count, django_assert_num_queries
):
    keep = ["first", "second", "third"][:count]
    ContentType.objects.clear_cache()
    Event.objects.exclude(slug__in=keep).delete()
    client.get("/ko/events/")
    with django_assert_num_queries(22):
        client.get("/ko/events/")


@pytest.mark.parametrize("path, questions", [("/en/", 11), ("/ko/", 14), ("/ar/", 14)])
def test_a_first_page_asks_fewer_than_fifteen_questions(
    demo, client, django_assert_num_queries, path, questions
):
    client.get(path)
    with django_assert_num_queries(questions):
        client.get(path)
