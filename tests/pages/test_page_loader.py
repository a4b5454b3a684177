"""Pages that one request asks for: fetched together, in the reader's language, and never across requests."""

import pytest
from django.utils import translation
from wagtail.models import Locale, Page, PageViewRestriction

import makers
from collegium.kit import request_cache
from collegium.pages import page_loader, visibility
from collegium.sections.models import EventsPage
from makers_blocks import text_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    """Three pages of a society, the last of them hidden."""
    makers.society()
    made = [text_page(makers.home(), slug) for slug in ("one", "two", "three")]
    made[2].unpublish()
    return made


def in_korean(page):
    korean = Locale.objects.get_or_create(language_code="ko")[0]
    copy = page.copy_for_translation(korean, copy_parents=True)
    copy.save_revision().publish()
    copy.refresh_from_db()
    return copy


def test_what_is_expected_is_fetched_with_the_first_of_it(pages, django_assert_num_queries):
    with request_cache.activate(), django_assert_num_queries(1):
        page_loader.prefetch(page.pk for page in pages)
        assert [page_loader.get_page(page.pk).title for page in pages] == ["one", "two", "three"]
        assert page_loader.get_page(pages[0].pk) is page_loader.get_page(pages[0].pk)


def test_outside_a_request_nothing_is_remembered(pages):
    assert page_loader.get_page(pages[0].pk).title == "one"
    Page.objects.filter(pk=pages[0].pk).update(title="changed")
    assert page_loader.get_page(pages[0].pk).title == "changed"


def test_what_is_gone_is_none(pages):
    number = pages[0].pk
    pages[0].delete()
    with request_cache.activate():
        assert page_loader.get_page(number) is None
        assert page_loader.get_page(None) is None


def test_the_versions_in_the_readers_language_come_with_them(pages, django_assert_num_queries):
    copy = in_korean(pages[0])
    with translation.override("ko"), request_cache.activate(), django_assert_num_queries(1):
        page_loader.prefetch(page.pk for page in pages)
        assert page_loader.localized(page_loader.get_page(pages[0].pk)).pk == copy.pk
        assert page_loader.localized(page_loader.get_page(pages[1].pk)).pk == pages[1].pk


def test_a_hidden_version_is_none(pages):
    in_korean(pages[0]).unpublish()
    with translation.override("ko"), request_cache.activate():
        assert page_loader.localized(page_loader.get_page(pages[0].pk)).pk == pages[0].pk


def test_what_is_restricted_is_open_to_nobody_below_it_either(pages):
    below = text_page(pages[0], "below")
    PageViewRestriction.objects.create(page=pages[0], restriction_type=PageViewRestriction.LOGIN)
    shown = visibility.unrestricted(Page.objects.filter(pk__in=[pages[0].pk, below.pk, pages[1].pk]))
    assert [page.pk for page in shown] == [pages[1].pk]
    assert not visibility.is_unrestricted(Page.objects.get(pk=below.pk))
    assert below.get_view_restrictions().count() == 1


def test_a_restricted_page_asks_its_reader_to_sign_in(pages, client):
    assert client.get("/en/one/").status_code == 200
    PageViewRestriction.objects.create(page=pages[0], restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/en/one/").status_code == 302


def test_the_pages_of_which_there_is_one_in_a_language_are_fetched_together(django_assert_num_queries):
    makers.society()
    events = makers.events_page()
    page_loader.section_page(EventsPage)  # Django remembers the content types from here on
    with request_cache.activate(), django_assert_num_queries(2):  # with what is restricted
        assert page_loader.section_page(EventsPage).pk == events.pk
        assert isinstance(page_loader.section_page(EventsPage), EventsPage)
