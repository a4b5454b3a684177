"""The office keeps the job board through the screens that it uses."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text

import makers
import makers_governance
from collegium.careers.models import Job
from collegium.desk.when_form import PARTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]

CLOSES = {"start_year": "2025", "start_month": "2", "start_day": "20", "start_time": "17:00"}


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    makers.society()
    makers_governance.jobs_page()
    return client


def entered(**facts):
    closes = facts.pop("closes", CLOSES | {"zone": "Paris"})
    form = {
        "title": "Postdoc",
        "slug": "",
        "employer": "Example Institute",
        "city": "Lyon",
        "country": "FR",
        "hours": "full-time",
        "contract": "permanent",
        "level": "postdoc",
        "description": rich_text("<p>Counting.</p>"),
        "apply_link": "https://e.example/1",
        "posted": "2025-02-14",
        "action-publish": "1",
    }
    return form | {f"closes_{PARTS.index(name)}": value for name, value in closes.items()} | facts


def add(desk, **facts):
    return desk.post(reverse("wagtailsnippets_careers_job:add"), entered(**facts))


def test_a_job_is_written_and_stands_on_list_page_and_feed(desk):
    response = add(desk)
    assert response.status_code == 302, response.context["form"].errors
    job = Job.objects.get()
    assert (job.slug, str(job.closes)) == ("postdoc", "2025-02-20T17:00[Europe/Paris]")
    for path in ("/en/jobs/", "/en/jobs/postdoc/", "/en/jobs/jobs.rss"):
        assert "Postdoc" in desk.get(path).content.decode()


def test_the_day_of_posting_is_proposed(desk):
    assert 'value="2025-02-14"' in desk.get(reverse("wagtailsnippets_careers_job:add")).content.decode()


@pytest.mark.parametrize(
    "facts, words",
    [
        ({"city": "", "country": ""}, "Enter a city, or tick"),
        ({"apply_link": ""}, "Enter a web address or an e-mail address for applications"),
        (
            {"closes": {"start_year": "2025", "start_month": "2", "zone": "Paris"}},
            "Enter the day on which applications close",
        ),
        ({"closes": CLOSES | {"end_time": "18:00", "zone": "Paris"}}, "at one moment"),
        ({"closes": CLOSES | {"zone": "America/Boston"}}, "America/New_York"),
        ({"slug": "own"}, "is reserved for the job board"),
    ],
)
def test_what_is_missing_is_told_and_nothing_typed_is_lost(desk, facts, words):
    response = add(desk, **facts)
    html = response.content.decode()
    assert response.status_code == 200
    assert words in html
    assert "Example Institute" in html
    assert not Job.objects.exists()


def test_the_list_says_until_when_and_can_be_filtered_and_taken_away(desk):
    makers_governance.job("2025-03-15", "AoE", title="Far", contract="fixed-term")
    makers_governance.job("2025-02-01", title="Over")
    listing = reverse("wagtailsnippets_careers_job:list")
    html = desk.get(listing).content.decode()
    assert "15 March 2025" in html
    assert "Closed" in html
    assert "Over" not in desk.get(listing, {"contract": "fixed-term"}).content.decode()
    sheet = b"".join(desk.get(listing, {"export": "csv"}).streaming_content).decode()
    assert "15 March 2025" in sheet


def test_a_draft_is_looked_at_as_readers_will_see_it(desk):
    job = makers_governance.job(slug="postdoc")
    preview = reverse("wagtailsnippets_careers_job:preview_on_edit", args=[job.pk])
    desk.post(preview, entered(title="Not yet published", slug="postdoc"))
    html = desk.get(preview, {"mode": ""}).content.decode()
    assert "Not yet published" in html
    assert '<a href="/en/jobs/"><bdi>Jobs</bdi></a>' in html


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_number_of_questions_whatever_it_shows(
    desk, django_assert_num_queries, number
):
    for _ in range(number):
        makers_governance.job()
    listing = reverse("wagtailsnippets_careers_job:list")
    desk.get(listing)
    with django_assert_num_queries(13):
        desk.get(listing)
