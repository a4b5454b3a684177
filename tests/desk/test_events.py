"""The office enters events through the screens that it uses, here without a browser."""

import pytest
from django.urls import reverse

import makers
from collegium.desk.when_form import PARTS
from collegium.events.models import Event
from collegium.kit.when import When

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    makers.events_page()
    makers.society(watched_zones="Asia/Tokyo\nAmerica/Los_Angeles")
    return client


def entered(publish=True, **facts):
    when = facts.pop("when", {"start_year": "2026", "start_month": "10", "zone": "Asia/Tokyo"})
    form = {
        "title": "Kyoto Symposium",
        "slug": "kyoto",
        "kind": makers.kind().pk,
        "status": "announced",
        "motif": "colony",
        "body": "null",
        "summary": "Twenty years",
    }
    form |= {f"when_{PARTS.index(name)}": value for name, value in when.items()}
    return form | facts | ({"action-publish": "1"} if publish else {})


def add(desk, **facts):
    return desk.post(reverse("wagtailsnippets_events_event:add"), entered(**facts))


def evening(**more):
    return {
        "start_year": "2025",
        "start_month": "3",
        "start_day": "11",
        "start_time": "20:00",
        "end_time": "21:00",
        "zone": "America/New_York",
    } | more


def test_an_event_by_month_then_by_day_is_the_same_event_for_subscribers(desk):
    response = add(desk)
    assert response.status_code == 302, response.context["form"].errors
    event = Event.objects.get()
    assert str(event.when) == "2026-10[Asia/Tokyo]"
    assert "Kyoto" not in desk.get("/en/events/calendar.ics").content.decode()

    days = {"start_year": "2026", "start_month": "10", "start_day": "5", "end_day": "7", "zone": "Asia/Tokyo"}
    desk.post(reverse("wagtailsnippets_events_event:edit", args=[event.pk]), entered(when=days))
    feed = desk.get("/en/events/calendar.ics").content.decode()
    assert f"UID:{event.public_id}" in feed
    assert "DTSTART;VALUE=DATE:20261005" in feed
    assert "SEQUENCE:1" in feed


def test_a_draft_is_kept_and_not_shown(desk):
    add(desk, publish=False)
    assert not Event.objects.get().live
    assert "Kyoto" not in desk.get("/en/events/").content.decode().replace("Kyoto and", "")


@pytest.mark.parametrize(
    "when, words",
    [
        (
            {
                "start_year": "2025",
                "start_month": "3",
                "start_day": "9",
                "start_time": "02:30",
                "zone": "America/New_York",
            },
            "does not exist",
        ),
        (
            {
                "start_year": "2025",
                "start_month": "11",
                "start_day": "2",
                "start_time": "01:30",
                "zone": "America/New_York",
            },
            "happens twice",
        ),
        (
            {"start_year": "2025", "start_month": "6", "start_day": "11", "zone": "America/Boston"},
            "America/New_York",
        ),
        (
            {
                "start_year": "2025",
                "start_month": "6",
                "start_day": "14",
                "end_day": "11",
                "zone": "Asia/Tokyo",
            },
            "end is not after the start",
        ),
    ],
)
def test_what_cannot_be_is_told_before_saving_and_nothing_typed_is_lost(desk, when, words):
    response = add(desk, when=when)
    assert response.status_code == 200
    html = response.content.decode()
    assert words in html
    assert "Kyoto Symposium" in html
    assert f'value="{when["zone"]}"' in html
    assert not Event.objects.exists()


def test_another_day_elsewhere_is_told_before_saving_and_asked_about_once(desk):
    response = add(desk, when=evening())
    assert not Event.objects.exists()
    assert "For readers in Tokyo it is on Wednesday 12 March, the next day" in response.content.decode()
    assert "Los Angeles" not in str(response.context["form"].errors)
    assert "tick the box" in str(response.context["form"].errors)
    assert add(desk, when=evening(), meant="on").status_code == 302
    event = Event.objects.get()
    # Later edits that leave the time alone are not asked again.
    again = entered(when=evening(), title="Another title")
    assert desk.post(reverse("wagtailsnippets_events_event:edit", args=[event.pk]), again).status_code == 302
    assert Event.objects.get().title == "Another title"


def test_what_is_entered_is_said_back_while_it_is_typed(desk):
    html = desk.get("/admin/when/", evening(which="")).content.decode()
    assert "11 March 2025, 20:00–21:00 in New York" in html
    assert "Wednesday 12 March, the next day" in html
    assert desk.get("/admin/when/").content == b""
    wrong = desk.get("/admin/when/", {"start_year": "2025", "zone": "America/Boston"}).content.decode()
    assert "Did you mean America/New_York?" in wrong


def test_the_desk_is_for_the_office(client):
    assert client.get("/admin/when/").status_code == 302
    assert client.get(reverse("wagtailsnippets_events_event:list")).status_code == 302


def test_the_list_says_when_in_words_and_can_be_taken_away(desk):
    makers.event("2025-06-11 to 2025-06-14", "Asia/Hong_Kong", title="Meeting")
    listing = reverse("wagtailsnippets_events_event:list")
    assert "11–14 June 2025" in desk.get(listing).content.decode()
    sheet = b"".join(desk.get(listing, {"export": "csv"}).streaming_content).decode()
    assert "11–14 June 2025" in sheet


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_questions_whatever_it_shows(
    desk, django_assert_num_queries, number
):
    for _ in range(number):
        makers.event()
    listing = reverse("wagtailsnippets_events_event:list")
    desk.get(listing)
    with django_assert_num_queries(15):
        desk.get(listing)


def test_a_draft_can_be_looked_at_as_readers_will_see_it(desk):
    event = makers.event("2026-10", "Asia/Tokyo", title="Kyoto")
    preview = reverse("wagtailsnippets_events_event:preview_on_edit", args=[event.pk])
    desk.post(preview, entered(publish=False, title="Not yet published"))
    html = desk.get(preview, {"mode": ""}).content.decode()
    assert "<h1>Not yet published</h1>" in html
    assert '<a href="/en/events/"><bdi>Events</bdi></a>' in html
    assert "day to be announced" in html


def test_an_earlier_version_can_be_brought_back(desk):
    event = makers.event("2026-10", "Asia/Tokyo", title="First")
    first = event.latest_revision
    makers.change(event, title="Second", when=When.of("2026-10-05", "Asia/Tokyo"))
    revert = reverse("wagtailsnippets_events_event:revisions_revert", args=[event.pk, first.pk])
    assert "First" in desk.get(revert).content.decode()
    edit = reverse("wagtailsnippets_events_event:edit", args=[event.pk])
    back = entered(title="First", slug=event.slug) | {"revision": first.pk}
    assert desk.post(edit, back).status_code == 302
    again = Event.objects.get(pk=event.pk)
    assert (again.title, str(again.when)) == ("First", "2026-10[Asia/Tokyo]")


def test_two_versions_are_compared_in_words(desk):
    event = makers.event("2026-10", "Asia/Tokyo")
    first = event.latest_revision
    second = makers.change(event, when=When.of("2026-10-05", "Asia/Tokyo")).latest_revision
    compare = reverse("wagtailsnippets_events_event:revisions_compare", args=[event.pk, first.pk, second.pk])
    html = desk.get(compare).content.decode()
    assert "October 2026" in html
    assert "5 October 2026" in html


def test_an_address_that_another_event_has_is_told_and_nothing_is_lost(desk):
    makers.event(slug="kyoto")
    response = add(desk)
    assert response.status_code == 200
    assert "Another event has the address" in response.content.decode()
    assert Event.objects.count() == 1


@pytest.mark.parametrize("slug", ["calendar", "archive"])
def test_an_address_that_the_calendar_needs_is_refused(desk, slug):
    assert "reserved for the calendar" in add(desk, slug=slug).content.decode()


def test_a_cover_is_chosen_not_typed(desk):
    assert add(desk, motif="banana").status_code == 200
    assert not Event.objects.exists()


def test_the_list_tells_drafts_from_what_is_public(desk):
    makers.draft_event(title="Only a draft")
    html = desk.get(reverse("wagtailsnippets_events_event:list")).content.decode()
    assert "draft" in html[html.index("Only a draft") :].lower()


def test_menus_and_society_have_their_screens(desk):
    for name in (
        "wagtailsnippets_pages_navigation:list",
        "wagtailsnippets_events_topic:list",
        "wagtailsnippets_events_eventkind:add",
    ):
        assert desk.get(reverse(name)).status_code == 200
    assert desk.get("/admin/settings/pages/sitesettings/", follow=True).status_code == 200


@pytest.mark.parametrize(
    "title, slug",
    [
        ("Zürich Meeting", "zurich-meeting"),
        ("Société générale", "societe-generale"),
        ("京都シンポジウム", "event-"),
    ],
)
def test_an_address_is_made_from_any_title(desk, title, slug):
    assert add(desk, title=title, slug="").status_code == 302
    event = Event.objects.get()
    assert event.slug.startswith(slug)
    assert title in desk.get(f"/en/events/{event.slug}/").content.decode()
