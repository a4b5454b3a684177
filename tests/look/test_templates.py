"""The page that every page extends, its frame, and what is shown when something goes wrong."""

from datetime import date

import pytest
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.views.defaults import page_not_found, permission_denied, server_error

from collegium.look import samples

SOCIETY = samples.WORDS["society"]
MENUS = {name: samples.WORDS[name] for name in ("header", "footer", "contact", "promo")}


def page(**context):
    return render_to_string("look/base.html", context)


def test_a_page_stands_without_a_society():
    html = page()
    assert '<html lang="en" dir="ltr">' in html
    assert '<main id="main" tabindex="-1">' in html
    assert '<a class="skip" href="#main">' in html
    assert "demo-note" not in html
    assert "<nav" not in html


def test_a_page_turns_with_its_language():
    with translation.override("ar"):
        assert '<html lang="ar" dir="rtl">' in page()


def test_the_stylesheet_and_the_two_fonts_of_every_page_are_asked_for_early():
    html = page()
    assert '<link rel="stylesheet" href="/static/look/look.css">' in html
    assert html.count('rel="preload"') == 2
    assert "/static/look/fonts/newsreader.woff2" in html
    assert "/static/look/fonts/plex-sans.woff2" in html
    assert '<script src="/static/look/js/menu.js" defer></script>' in html


def test_a_demonstration_says_so_and_as_of_when():
    html = page(society=SOCIETY, shown_as_of=date(2025, 2, 14))
    assert SOCIETY["demo_line"] in html
    assert "This is not the society’s own site." in html
    assert "Shown as of 14 February 2025" in html


def test_a_real_society_carries_no_demonstration_line():
    html = page(society=SOCIETY | {"demonstration": False}, shown_as_of=date(2025, 2, 14))
    assert "demo-note" not in html
    assert "Made with Collegium" in html


def test_the_front_of_the_house_puts_its_frame_in_place_of_the_plain_one():
    for part in ("header", "footer"):
        assert "website" in get_template(f"look/frame/{part}.html").origin.name


def test_a_folder_opens_without_a_script_and_a_link_is_a_link():
    html = render_to_string("look/frame/header.html", {"society": SOCIETY, "menus": MENUS})
    assert html.count('<details name="site-menu">') == 2
    assert '<summary aria-current="true">Discovery' in html
    assert '<a href="#">Job board</a>' in html
    assert '<a class="button button--plain button--small" href="#">Annual meeting</a>' in html
    assert html.count('<div class="mega-promo">') == 2


def test_a_folder_with_a_page_of_its_own_leads_there():
    html = render_to_string("look/frame/header.html", {"society": SOCIETY, "menus": MENUS})
    assert '<h2><a href="#">Discovery</a></h2>' in html
    assert "<h2>Standards</h2>" in html
    assert html.count("mega-overview") == 1


@pytest.mark.parametrize(("count", "shown"), [(0, False), (1, False), (2, True)])
def test_languages_are_offered_only_where_there_is_a_choice(count, shown):
    languages = samples.WORDS["languages"][:count]
    html = render_to_string("look/components/site-header.html", {"society": SOCIETY, "languages": languages})
    assert ('hreflang="ar"' in html) is shown


def test_a_society_with_nothing_to_open_has_no_menu_button():
    html = render_to_string("look/frame/header.html", {"society": {"name": "ISWE"}})
    assert "menu-toggle" not in html
    assert ">ISWE</span>" in html


def test_the_foot_tells_whom_to_reach():
    html = render_to_string("look/frame/footer.html", {"society": SOCIETY, "menus": MENUS})
    assert "12 Counting Lane<br>Workington" in html
    assert 'href="tel:+15550100199"' in html
    assert 'href="mailto:office@society.example"' in html
    assert "Privacy policy" in html
    assert html.count("footer-cols") == 1


def test_words_of_a_society_cannot_break_out_of_the_page():
    html = page(society={"name": "<script>alert(1)</script>"})
    assert "<script>alert" not in html


@pytest.mark.usefixtures("bare_templates")
@pytest.mark.parametrize(("view", "code"), [(page_not_found, 404), (permission_denied, 403)])
def test_a_refusal_says_what_happened_and_where_to_go(rf, view, code):
    response = view(rf.get("/nowhere/"), Exception("gone"))
    html = response.content.decode()
    assert response.status_code == code
    assert html.count("<h1>") == 1
    assert "Go to the home page" in html


def test_a_fault_is_shown_without_a_context_or_a_database(rf):
    response = server_error(rf.get("/"))
    html = response.content.decode()
    assert response.status_code == 500
    assert "Something broke on our side" in html
    assert "/static/look/look.css" in html
    assert "site-header" not in html
