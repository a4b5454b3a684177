import re

import pytest
from wagtail.models import Page, PageViewRestriction

import makers
from collegium.events.models import Event
from collegium.website import sitemap
from collegium.website.models import HomePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


def main(html):
    return html[html.index("<main") : html.index("</main>")]


def test_home_shows_the_eight_events_and_at_least_ten_news(client, demo):
    html = main(client.get("/en/").content.decode())
    assert {
        title
        for title in Event.objects.in_language("en").upcoming().values_list("title", flat=True)
        if title.replace("&", "&amp;") not in html
    } == set()
    assert html.count("news-meta") >= 10
    assert html.count('class="event-row"') == 7
    assert html.count('class="lead-event"') == 1


def test_the_event_shown_large_gives_way_when_it_is_past(client, demo, settings):
    from datetime import date

    settings.DEMO_DATE = date(2025, 7, 1)
    html = main(client.get("/en/").content.decode())
    assert 'class="lead-event"' not in html
    assert "Seattle International Symposium" in html
    assert "ISSCR 2025" not in html


def test_what_is_off_neither_leads_nor_is_promised(client, demo):
    for slug in ("isscr-2025", "communicating-science"):
        makers.change(Event.objects.get(locale__language_code="en", slug=slug), status="cancelled")
    html = client.get("/en/").content.decode()
    assert 'class="lead-event"' not in html
    promised = html[html.index('class="mega-promo"') :]
    assert "Communicating" not in promised[: promised.index("</div>")]


def test_home_without_its_page_of_events_leads_nowhere_wrong(client, demo):
    makers.events_page().unpublish()
    html = main(client.get("/en/").content.decode())
    assert 'href="isscr-2025/"' not in html
    assert "Upcoming events" not in html


def test_what_is_only_for_some_is_listed_for_nobody_else(client):
    item = makers.news(title="For members only")
    PageViewRestriction.objects.create(page=item, restriction_type="login")
    for path in ("/en/news/", "/en/news/news.rss"):
        assert "For members only" not in client.get(path).content.decode()


def test_documents_leave_through_the_library_only(client):
    assert client.get("/media/documents/minutes.pdf").status_code == 404
    assert client.get("/media/original_images/x.png").status_code == 404


def test_an_odd_request_is_answered(client):
    assert client.options("*").status_code in (400, 404, 405)


def test_home_without_anything_to_come_says_so(client):
    makers.events_page()
    home = HomePage.objects.get(locale__language_code="en")
    home.sections = [
        ("events", {"title": "Upcoming", "page": makers.events_page(), "link_title": "All", "number": 5})
    ]
    home.save_revision().publish()
    assert "Nothing announced just now" in client.get("/en/").content.decode()


def test_the_tree_of_the_demo_is_sound(demo):
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.fixture
def on_disk(settings, tmp_path):
    """Uploads lie on the disk, from where Wagtail serves documents."""
    settings.MEDIA_ROOT = tmp_path
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": kept}


def test_no_link_of_the_demo_leads_nowhere(client, on_disk, demo):
    """Every entry of the menus, every page and every link in a text, followed to its end."""
    seen, todo = set(), {"/en/"}
    while todo:
        path = todo.pop()
        seen.add(path)
        response = client.get(path, follow=True)
        assert response.status_code == 200, path
        if "text/html" in response.headers["Content-Type"]:
            links = re.findall(r'href="(/[^"#?]*)', response.content.decode())
            todo |= {link for link in links if not link.startswith(("/static/", "/admin/"))} - seen
        elif response.streaming:
            assert b"".join(response.streaming_content), path  # read to its end, a file is closed
    assert len(seen) > 70
    live = {page.url for page in sitemap.public(Page.objects.filter(depth__gt=1))}
    assert live <= seen


def test_every_page_of_the_demo_says_that_it_is_one(client, demo):
    for path in ("/en/", "/en/events/", "/en/news/", "/en/membership/join-or-renew/"):
        html = client.get(path).content.decode()
        assert "This is not the society’s own site." in html
        assert "Shown as of 14 February 2025" in html


def test_a_plain_page_lists_what_stands_below_it(client):
    above = makers.text_page(title="Education", slug="education")
    below = above.add_child(instance=type(above)(title="Educators", slug="educators", summary="A syllabus."))
    below.save_revision().publish()
    html = main(client.get("/en/education/").content.decode())
    assert "A syllabus." in html
    assert 'href="/en/education/educators/"' in html


@pytest.mark.parametrize("number", [1, 3])
def test_home_asks_the_same_number_of_questions_whatever_it_shows(client, django_assert_num_queries, number):
    home = makers.home()
    home.sections = [
        ("events", {"title": "Upcoming", "page": makers.events_page(), "link_title": "All", "number": 8}),
        ("news", {"title": "News", "page": makers.news_page(), "link_title": "All", "number": 8}),
    ]
    home.save_revision().publish()
    for _ in range(number):
        makers.event()
        makers.news()
    client.get("/en/")
    with django_assert_num_queries(9):
        client.get("/en/")
