"""Each kind: what it says on its page, what it refuses, what machines are told."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

import makers
import makers_newsroom as newsroom
from collegium.kit.jsonld import Publisher
from collegium.kit.when import When
from collegium.newsroom.models import (
    KINDS,
    CallForApplications,
    ConsultationResponse,
    MemberSpotlight,
    Newsroom,
    PressRelease,
    Remembrance,
    ResearchHighlight,
    Survey,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def page(client, item):
    response = client.get(item.url)
    assert response.status_code == 200
    return response.content.decode()


def test_each_kind_has_a_page_of_its_own_composition(client):
    items = newsroom.of_each_kind()
    assert {type(item) for item in items} == set(KINDS.values())
    for item in items:
        html = page(client, item)
        assert f">{item.title}</h1>" in html
        assert f'<span class="kind">{item.kind}</span>' in html


def test_each_kind_can_be_looked_at_before_it_is_published(client, office):
    for item in newsroom.of_each_kind():
        draft = Page.objects.get(pk=item.pk).specific
        response = draft.make_preview_request()
        assert response.status_code == 200, item.kind_key
        assert item.title in response.content.decode()


def test_machines_are_told_the_type_of_each_kind():
    publisher = Publisher("S", "https://s.example/")
    kept = [Page.objects.get(pk=item.pk).specific for item in newsroom.of_each_kind()]
    told = {item.kind_key: item.json_ld("https://s.example/x/", publisher) for item in kept}
    json.dumps(told)
    assert {key: facts["@type"] for key, facts in told.items()} == {
        "announcement": "NewsArticle",
        "press-release": "NewsArticle",
        "member-spotlight": "NewsArticle",
        "podcast": "PodcastEpisode",
        "call-for-applications": "NewsArticle",
        "remembrance": "NewsArticle",
        "research-highlight": "NewsArticle",
        "survey": "NewsArticle",
        "statement": "Report",
        "consultation-response": "Report",
        "sign-on-letter": "Article",
    }
    assert all(facts["headline"] and facts["dateModified"] for facts in told.values())
    assert told["remembrance"]["about"] == {
        "@type": "Person",
        "name": "A Founder",
        "birthDate": "1948-03",
        "deathDate": "2025",
    }
    sound = told["podcast"]["associatedMedia"]
    assert sound["contentUrl"].startswith("https://s.example/media/audio/")
    assert (sound["duration"], sound["contentSize"], sound["transcript"]) == ("PT4S", "14400", "Hello.")
    assert "datePublished" not in told["statement"]
    assert told["consultation-response"]["datePublished"] == "2025-07-08"


def test_what_has_no_day_is_refused_but_for_policy():
    assert "Enter the date" in str(Survey(title="x").publish_errors()["date"])
    assert "date" not in ConsultationResponse(title="x").publish_errors()


def test_a_policy_item_bears_a_day_only_where_one_is_known():
    month = newsroom.policy(submitted=When.of("2024-09", "UTC"))
    day = newsroom.policy(submitted=When.of("2024-09-03", "UTC"))
    assert (month.date, month.date_label) == (None, "September 2024")
    assert (str(day.date), day.date_label) == ("2024-09-03", "3 September 2024")
    assert newsroom.policy().date_label == "No date given"


@pytest.mark.parametrize(
    "written, lived",
    [
        ({"born": "1948-03-21", "died": "2025-01"}, "21 March 1948 – January 2025"),
        ({"born": "1948"}, "born 1948"),
        ({"died": "2025"}, "died 2025"),
        ({}, ""),
    ],
)
def test_a_life_is_said_as_exactly_as_it_is_known(written, lived):
    assert Remembrance(title="x", **written).life_dates == lived


@pytest.mark.parametrize("day", ["48", "1948-13", "1948-02-30", "March 1948"])
def test_what_is_no_day_of_a_life_is_refused(day):
    with pytest.raises(ValidationError, match="Write as much as is known"):
        Remembrance._meta.get_field("born").run_validators(day)


def test_a_remembrance_is_never_drawn(client):
    drawn = makers.news(MemberSpotlight)
    assert "cover-art" in page(client, drawn)
    html = page(client, makers.news(Remembrance))
    assert "cover-art" not in html.partition("<article>")[2].partition("</article>")[0]


def test_a_picture_needs_words():
    spotlight = MemberSpotlight(title="x", date="2025-02-01")
    spotlight.picture_id = 1
    spotlight._state.fields_cache["picture"] = object.__new__(
        MemberSpotlight._meta.get_field("picture").related_model
    )
    with pytest.raises(ValidationError, match="Describe what the picture shows"):
        spotlight.clean()


@pytest.mark.parametrize("doi", ["10.1016/j.x.1", "https://doi.org/10.1016/j.x.1", "doi: 10.1016/j.x.1"])
def test_a_doi_may_be_pasted_as_it_is_found(doi):
    work = ResearchHighlight(title="x", date="2025-02-01", doi=doi)
    work.clean()
    assert work.work_url == "https://doi.org/10.1016/j.x.1"


def test_a_doi_that_is_none_is_refused():
    with pytest.raises(ValidationError, match="One looks like 10"):
        ResearchHighlight._meta.get_field("doi").run_validators("stemcr.2023")


@pytest.mark.usefixtures("as_of")
@pytest.mark.parametrize(
    "deadline, zone, said, applies",
    [
        ("2025-02-20 23:59", "AoE", "Closes in 6 days", True),
        ("2025-02-14", "America/New_York", "Closes today", True),
        ("2025-06-01", "UTC", "Open until 1 June 2025", True),
        ("2025-03", "UTC", "Open until March 2025", True),
        ("2025-02-13", "UTC", "Closed on 13 February 2025", False),
    ],
)
def test_a_call_says_how_long_it_is_open(client, deadline, zone, said, applies):
    facts = {"deadline": When.of(deadline, zone), "apply_link": "https://society.example/apply"}
    call = makers.news(CallForApplications, **facts)
    html = page(client, call)
    assert said in html
    assert ("https://society.example/apply" in html) is applies
    assert said in client.get("/en/news/kind/call-for-applications/").content.decode()


@pytest.mark.usefixtures("as_of")
def test_a_closed_survey_asks_nobody(client):
    survey = makers.news(Survey, closes=When.of("2025-02-01", "UTC"), link="https://society.example/ask")
    assert "society.example/ask" not in page(client, survey)


def test_a_release_says_whom_to_call_and_what_the_society_is(client):
    newsroom_record = Newsroom.load()
    newsroom_record.press_name, newsroom_record.press_email = "The Press Office", "press@society.example"
    newsroom_record.boilerplate = "A society of worked examples."
    newsroom_record.save()
    usual = page(client, makers.news(PressRelease))
    assert "For immediate release" in usual
    assert "The Press Office" in usual
    assert "A society of worked examples." in usual
    own = makers.news(
        PressRelease, contact_name="A Speaker", contact_phone="+1 555 0100", boilerplate="Other words."
    )
    html = page(client, own)
    assert "The Press Office" not in html
    assert 'href="tel:+15550100"' in html
    assert "Other words." in html


def test_a_contact_who_cannot_be_reached_is_refused():
    with pytest.raises(ValidationError, match="an e-mail address or a telephone"):
        PressRelease(title="x", date="2025-02-01", contact_name="A Speaker").clean()


def test_a_policy_item_shows_its_record(client):
    response = newsroom.policy(
        addressee="Agency", points="One point\n\nAnother", on_request=True, request_to="ask@society.example"
    )
    html = page(client, response)
    assert re.findall(r"<li>(One point|Another)</li>", html) == ["One point", "Another"]
    assert "mailto:ask@society.example" in html
    assert "No date given" in html


SENT = When.of("2024-10-09", "UTC")
OUTCOME = When.of("2024-12-19", "UTC")


@pytest.mark.parametrize(
    ("facts", "steps"),
    [
        ({"submitted": SENT}, [("Submitted", "here")]),
        ({}, [("Submitted", "unknown")]),
        (
            {"submitted": SENT, "stage": "answered", "outcome_on": OUTCOME},
            [("Submitted", "done"), ("Answered", "here")],
        ),
        ({"stage": "closed"}, [("Submitted", "unknown"), ("Closed", "here")]),
        ({"submitted": SENT, "outcome": "A vote."}, [("Submitted", "here"), ("Outcome", "unknown")]),
        ({"submitted": SENT, "outcome_on": OUTCOME}, [("Submitted", "here"), ("Outcome", "next")]),
    ],
)
def test_the_newest_step_reached_is_where_things_stand_and_no_outcome_is_invented(facts, steps):
    course = newsroom.policy(**facts).template_context()["course"]
    assert [(step["title"], step["state"]) for step in course] == steps


def test_a_survey_without_a_link_has_no_box_to_act_in(client):
    assert 'class="panel' not in page(client, makers.news(Survey))
    assert 'class="panel' in page(client, makers.news(Survey, link="https://society.example/ask"))
