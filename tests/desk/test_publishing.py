"""What is refused and what is kept when the office publishes."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import makers
import makers_desk
import makers_newsroom
from collegium.desk.date_fields import DateTextField, DateTimeTextField
from collegium.events.models import Recording
from collegium.kit.when import When
from collegium.newsroom.models import (
    Announcement,
    CallForApplications,
    MemberSpotlight,
    NewsPage,
    PodcastEpisode,
    PolicyStatement,
    PressRelease,
    Remembrance,
    Survey,
)
from collegium.website.models import TextPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]
LISTS = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}
EMPTY = {f"comments-{name}": value for name, value in LISTS.items()} | {
    "title": "A thing",
    "date": "2025-02-10",
    "motif": "organoid",
    "stage": "sent",
    **{f"{name}-count": "0" for name in ("body", "guests", "questions", "papers")},
    "transcript": "null",
}


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    makers.home()
    return client


def add(desk, model, **facts):
    section = makers_newsroom.policy_page() if model is PolicyStatement else makers.news_page()
    url = reverse("wagtailadmin_pages:add", args=["newsroom", model._meta.model_name, section.pk])
    return desk.post(url, EMPTY | {"action-publish": "1"} | facts)


def moment(name, year="2025", month="1", day="3"):
    return {f"{name}_0": year, f"{name}_1": month, f"{name}_2": day, f"{name}_8": "UTC"}


@pytest.mark.parametrize(
    "typed", ["2025-02-13", "13 February 2025", "13 Feb 2025", "Feb 13, 2025", "2025/02/13"]
)
def test_a_day_is_read_as_it_is_typed(typed):
    assert DateTextField().clean(typed) == date(2025, 2, 13)


@pytest.mark.parametrize("typed", ["31.02.2025", "12/03/2025", "tomorrow", "31 February 2025", "13 Ma 2025"])
def test_what_is_no_day_or_two_is_refused_as_it_was_typed(desk, typed):
    response = add(desk, Announcement, date=typed)
    assert "could not be read as a day. Write 2025-02-13" in str(response.context["form"].errors["date"])
    assert f'value="{typed}"' in response.content.decode()
    assert not Announcement.objects.exists()


@pytest.mark.parametrize("typed", ["2025-02-20 14:00", "20 February 2025, 14.00", "2025-02-20T14:00:00"])
def test_a_moment_is_read_as_it_is_typed(typed):
    assert f"{DateTimeTextField().clean(typed):%Y-%m-%d %H:%M}" == "2025-02-20 14:00"


def test_no_day_is_put_in_its_place_by_a_script(desk):
    html = desk.get(f"/admin/pages/add/newsroom/announcement/{makers.news_page().pk}/").content.decode()
    for name in ("date", "review_by", "go_live_at", "expire_at"):
        tag = html[html.index(f'name="{name}"') - 60 :][:400]
        assert "w-date" not in tag
    assert "DateInput" not in html


@pytest.mark.parametrize(
    "model, facts, field",
    [
        (Remembrance, {"born": "1950", "died": "1949-12-31"}, "died"),
        (CallForApplications, {"apply_how": "A letter", **moment("deadline")}, "deadline"),
        (Survey, {"link": "https://s.example/", **moment("closes")}, "closes"),
        (
            PolicyStatement,
            {"about": "Rules", **moment("submitted", "2025"), **moment("outcome_on", "2024")},
            "outcome_on",
        ),
        (CallForApplications, {}, "apply_link"),
        (Survey, {}, "link"),
        (MemberSpotlight, {}, "body"),
        (PolicyStatement, {}, "about"),
        (Announcement, {"date": ""}, "date"),
    ],
)
def test_what_contradicts_itself_or_says_nothing_is_refused_at_its_field(desk, model, facts, field):
    response = add(desk, model, **facts)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not model.objects.exists()


def test_a_recording_does_not_end_before_it_was_made():
    from django.core.exceptions import ValidationError

    made = Recording(title="A", when=When.of("2025-02", "UTC"), until=When.of("2025-01-31", "UTC"))
    with pytest.raises(ValidationError, match="before the recording"):
        made.clean()


def test_what_readers_will_miss_is_said_once_it_is_published(desk):
    response = add(desk, CallForApplications, apply_how="Two pages")
    assert response.status_code == 302
    html = desk.get(response.url).content.decode()
    assert "not told until when they may apply" in html


def test_a_recording_without_transcript_is_kept_in_a_draft_that_says_why_it_is_one(desk):
    sound = SimpleUploadedFile("e.mp3", makers_newsroom.mp3(), "audio/mpeg")
    response = add(desk, PodcastEpisode, audio=sound)
    episode = PodcastEpisode.objects.get()
    assert (episode.live, bool(episode.audio)) == (False, True)
    html = desk.get(response.url).content.decode()
    assert "Not published: some fields have errors. The page and your file are saved as a draft." in html
    assert "Add a transcript before you publish" in html


def test_the_days_of_a_life_are_read_in_words(desk):
    assert add(desk, Remembrance, born="12 May 1950", died="May 2024").status_code == 302
    kept = Remembrance.objects.get()
    assert (kept.born, kept.died) == ("1950-05-12", "2024-05")
    refused = add(desk, Remembrance, title="Other", born="the 12th of May 1950").context["form"].errors
    assert "the 12th of May 1950 is not a day" in str(refused["born"])


def test_a_title_that_stands_there_already_gets_an_address_of_its_own(desk):
    makers.news(title="Prize", slug="prize")
    assert add(desk, Announcement, title="Prize", slug="prize").status_code == 302
    assert Announcement.objects.filter(slug="prize-2").exists()
    taken = add(desk, Announcement, title="Other", slug="prize").context["form"].errors
    assert set(taken) == {"slug", "title"}


def test_what_is_under_embargo_is_nowhere_called_live(desk):
    item = makers.news(PressRelease, embargo=When.of("2026-01-01 09:00", "UTC"))
    assert item.status_string == "Under embargo until 1 January 2026, 09:00 in UTC"
    html = desk.get(f"/admin/pages/{item.pk}/edit/").content.decode()
    assert html.count("Under embargo until") >= 2
    assert "Under embargo until" in desk.get(f"/admin/pages/{makers.news_page().pk}/").content.decode()


def test_a_schedule_says_by_which_clock_it_runs(desk):
    html = desk.get(f"/admin/pages/{makers.text_page().pk}/edit/").content.decode()
    assert "The demonstration shows 14 February 2025. Schedules run by the machine’s clock" in html


def test_the_office_s_zone_is_the_one_that_is_offered(desk):
    makers.society(zone="America/Chicago")
    html = desk.get("/admin/account/").content.decode()
    assert "The office’s: Chicago" in html


def test_a_deadline_is_one_moment(desk):
    url = f"/admin/pages/add/newsroom/callforapplications/{makers.news_page().pk}/"
    html = desk.get(url).content.decode()
    assert "deadline_0" in html
    assert "deadline_4" not in html


def test_there_is_one_list_of_news_in_a_language(desk):
    makers.news_page()
    page = makers.text_page()
    assert not NewsPage.can_create_at(makers.home())
    assert not NewsPage.can_create_at(page)
    assert desk.get(f"/admin/pages/add/newsroom/newspage/{page.pk}/").status_code == 302
    assert TextPage.can_create_at(page)


def test_those_who_publish_reach_the_redirects(client):
    assert Group.objects.get(name="Moderators").permissions.filter(codename="change_redirect").exists()
    client.force_login(makers_desk.account("Moderators"))
    assert client.get(reverse("wagtailredirects:index")).status_code == 200


def test_the_library_s_words_are_the_office_s(desk):
    html = desk.get(f"/admin/pages/add/newsroom/announcement/{makers.news_page().pk}/").content.decode()
    for words in ("domain.com", "Title tag", ">Meta description", "Show in menus", "Go live date/time"):
        assert words not in html, words
    assert "Readers see it from" in html
    assert "Pictures" in desk.get("/admin/images/").content.decode()
