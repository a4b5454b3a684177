from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

import makers_governance as makers
from collegium.careers import feeds, presenters
from collegium.careers.models import Job
from collegium.careers.todo import closing_jobs, recently_closed_jobs
from collegium.kit import todo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "closes, zone, last_open, closed",
    [
        ("2025-02-20 17:00", "Europe/Paris", "2025-02-20T16:00:59", "2025-02-20T16:01:00"),
        ("2025-02-20", "Europe/Paris", "2025-02-20T22:59:59", "2025-02-20T23:00:00"),
        ("2025-03-15", "AoE", "2025-03-16T11:59:59", "2025-03-16T12:00:00"),
        ("2025-02-28 23:59", "America/New_York", "2025-03-01T04:59:59", "2025-03-01T05:00:00"),
    ],
)
def test_a_job_is_open_until_its_last_moment_has_passed(closes, zone, last_open, closed):
    job = makers.job(closes, zone)
    assert list(Job.objects.open(at(last_open))) == [job]
    assert list(Job.objects.open(at(closed))) == []
    assert list(Job.objects.closed(at(closed))) == [job]
    assert not job.closes.is_past(at(last_open))
    assert job.closes.is_past(at(closed))


def test_what_closes_first_stands_first_whatever_its_zone():
    late = makers.job("2025-02-20", "AoE", title="Late")
    early = makers.job("2025-02-20", "Asia/Tokyo", title="Early")
    assert list(Job.objects.open()) == [early, late]


@pytest.mark.parametrize(
    "closes, zone, tone, label",
    [
        ("2025-02-14", "Europe/Paris", "closing", "Closes today"),
        ("2025-02-13", "AoE", "past", "Closed"),
        ("2025-02-15", "Europe/Paris", "closing", "Closes tomorrow"),
        ("2025-02-20 17:00", "Europe/Paris", "closing", "Closes in 6 days"),
        ("2025-02-21", "Europe/Paris", "closing", "Closes in 7 days"),
        ("2025-02-22", "Europe/Paris", "open", "Open, closes in 8 days"),
        ("2025-01-31", "Australia/Melbourne", "past", "Closed"),
    ],
)
def test_the_state_says_until_when(closes, zone, tone, label):
    state = presenters.state(makers.job(closes, zone))
    assert (state.tone, state.label) == (tone, label)


@pytest.mark.parametrize(
    "facts, said",
    [
        ({}, "Lyon, France"),
        ({"city": "Singapore", "country": "SG"}, "Singapore"),
        ({"city": "", "country": "", "remote": True}, "Remote"),
        ({"city": "", "country": "", "remote": True, "remote_from": "Canada"}, "Remote (Canada)"),
        ({"remote": True}, "Lyon, France, or remote"),
    ],
)
def test_the_place_in_a_line(facts, said):
    assert presenters.place(makers.job(**facts)) == said


@pytest.mark.parametrize(
    "facts, words",
    [
        ({"city": "", "country": ""}, "Enter a city"),
        ({"apply_link": ""}, "address for applications"),
        ({"closes": "2025-03"}, "day on which applications close"),
        ({"closes": "2025-03-01 to 2025-03-04"}, "at one moment"),
        ({"slug": "own"}, "reserved for the job board"),
        ({"country": "UK"}, "GB"),
    ],
)
def test_a_job_says_where_how_and_until_when(facts, words):
    with pytest.raises(ValidationError, match=words):
        makers.job(**facts)


@pytest.mark.parametrize("facts", [{"city": ""}, {"apply_link": ""}])
def test_the_database_refuses_it_as_well(facts):
    job = makers.job()
    with pytest.raises(IntegrityError):
        Job.objects.filter(pk=job.pk).update(**facts)


def test_the_office_is_told_of_jobs_that_close_and_have_closed():
    now = at("2025-02-14T12:00:00")
    makers.job("2025-02-22", title="Later")
    soon = makers.job("2025-02-21 12:00", title="Soon")
    just = makers.job("2025-02-13", title="Just closed")
    makers.job("2025-02-10", title="Long closed")
    makers.job("2025-02-16", title="Only a draft").unpublish()
    assert [matter.record for matter in closing_jobs(now)] == [soon]
    assert [matter.record for matter in recently_closed_jobs(now)] == [just]
    shown = {matter.record: matter for matter in todo.items(now)}
    assert shown[soon].due == soon.closes_last
    assert "Closes in 7 days" in shown[soon].why
    assert "13 February 2025" in shown[just].why
    assert not list(recently_closed_jobs(now + timedelta(days=2)))


def test_the_feed_says_until_when_to_those_who_read_no_page():
    from xml.etree import ElementTree

    job = makers.job("2025-02-20 17:00", title="Postdoc", summary="To count.")
    rss = feeds.rss(
        [job],
        title="Jobs",
        address="https://s.example/en/jobs/",
        address_of=lambda job: f"https://s.example/{job.slug}",
    )
    item = ElementTree.fromstring(rss).find("channel/item")
    assert item.findtext("title") == "Postdoc, Institute of Worked Examples"
    assert item.findtext("link") == f"https://s.example/{job.slug}"
    assert item.findtext("description") == "To count. Lyon, France. Closes 20 February 2025, 17:00 in Paris."
    assert item.findtext("pubDate") == "Fri, 10 Jan 2025 12:00:00 +0000"
