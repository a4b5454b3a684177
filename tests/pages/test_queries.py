import pytest

import makers
from collegium.pages import queries
from collegium.pages.models import Navigation, SiteSettings
from collegium.pages.pack_texts import named_page

pytestmark = pytest.mark.django_db
FEEDS = {"calendar": "/en/events/calendar.ics", "news": ""}


def link(title, **where):
    return {"title": title, "text": "", "page": None, "url": "", "feed": ""} | where


def menus(path="/en/", **kept):
    Navigation.objects.create(locale=makers.locale(), **kept)
    return queries.menus("en", path, lambda: FEEDS)


def test_a_site_without_menus_has_none():
    assert queries.menus("en", "/en/", lambda: FEEDS) == queries.Menus()


def test_a_link_leads_to_a_page_an_address_or_a_feed():
    page = makers.text_page(slug="about")
    entries = [
        link("Page", page=page),
        link("Elsewhere", url="https://e.example/"),
        link("Feed", feed="calendar"),
    ]
    [column] = menus(footer=[("column", {"title": "C", "entries": entries})]).footer
    assert [entry.url for entry in column.entries] == [
        "/en/about/",
        "https://e.example/",
        "/en/events/calendar.ics",
    ]


def test_a_link_whose_page_is_not_public_or_whose_feed_is_empty_is_left_out():
    page = makers.text_page()
    page.unpublish()
    entries = [link("Gone", page=page), link("Empty", feed="news")]
    [column] = menus(footer=[("column", {"title": "C", "entries": entries})]).footer
    assert column.entries == []


def test_the_reader_sees_where_she_is():
    page, other = makers.text_page(slug="about"), makers.text_page(slug="other")
    folder = {
        "title": "F",
        "sentence": "S",
        "page": None,
        "children": [link("About", page=page), link("Other", page=other)],
    }
    header = menus("/en/about/", header=[("folder", folder), ("button", link("Meeting", page=other))]).header
    assert [(entry.title, entry.style, entry.current) for entry in header] == [
        ("F", "folder", True),
        ("Meeting", "button", False),
    ]
    assert [child.current for child in header[0].children] == [True, False]


def test_a_society_that_nobody_has_described_has_a_name_all_the_same():
    assert queries.society().name_lines == [SiteSettings._meta.get_field("name").default]


def test_a_telephone_number_is_dialled_by_its_figures():
    assert makers.society(phone="+1 (224) 592-5700").tel == "+12245925700"


def test_packs_find_a_page_whatever_its_address_has_become(demo):
    page = named_page("patients")
    page.slug = "for-patients"
    page.save()
    assert named_page("patients").pk == page.pk
