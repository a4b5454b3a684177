"""Drafts that hold almost nothing, and what is refused in words: no list of the desk may break on either."""

import pytest
from django.urls import reverse
from wagtail.fields import StreamField

import makers
from collegium.careers.models import Job
from collegium.events.models import Event, Recording
from collegium.governance.models import Body, Term
from collegium.library.models import Issue, Journal, Resource
from collegium.newsroom.models import KINDS, CallForApplications, Remembrance

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]

RECORDS = [Body, Event, Issue, Job, Journal, Recording, Resource]


def empty_form(client, address):
    """What a browser would send of the form at `address`, before anybody has typed."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(client.get(address).content, "html.parser")
    form = next(
        one for one in soup.find_all("form") if one.find(attrs={"name": "title"}) or one.find("textarea")
    )
    sent = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type")
        if (
            not name
            or kind in ("submit", "file")
            or (kind in ("checkbox", "radio") and not field.has_attr("checked"))
        ):
            continue
        chosen = field.find("option", selected=True) if field.name == "select" else None
        value = (
            chosen.get("value", "")
            if chosen
            else field.get("value", "")
            if field.name == "input"
            else field.text
        )
        sent[name] = value or ""
    return {name: value for name, value in sent.items() if "__prefix__" not in name}


@pytest.mark.parametrize("title", ["", "A title alone"])
@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_a_record_that_holds_almost_nothing_is_kept_or_refused_in_words(client, office, model, title):
    client.force_login(office)
    makers.kind()
    address = reverse(f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}:add")
    sent = empty_form(client, address)
    if "title" in sent:
        sent["title"] = title
    response = client.post(address, sent)
    assert response.status_code in (200, 302)
    if response.status_code == 200:
        assert "could not be created" in response.content.decode() or "errors" in response.content.decode()
    made = model.objects.first()
    assert made is None or str(made).strip()
    assert (
        client.get(
            reverse(f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}:list")
        ).status_code
        == 200
    )


@pytest.mark.parametrize("key", KINDS)
def test_news_that_holds_a_title_alone_is_kept_or_refused_in_words(client, office, key):
    from makers_newsroom import policy_page

    model = KINDS[key]
    parent = policy_page() if "policy" in str(model.parent_page_types).lower() else makers.news_page()
    client.force_login(office)
    address = reverse(
        "wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk]
    )
    streams = {f"{field.name}-count": "0" for field in model._meta.fields if isinstance(field, StreamField)}
    sent = empty_form(client, address) | streams | {"title": "A title alone", "slug": "a-title-alone"}
    response = client.post(address, sent)
    assert response.status_code in (200, 302)


def test_a_recording_without_its_day_is_refused_at_the_day(client, office):
    client.force_login(office)
    address = reverse("wagtailsnippets_events_recording:add")
    response = client.post(address, empty_form(client, address) | {"title": "Recorded"})
    assert "when" in response.context["form"].errors
    assert not Recording.objects.exists()


def test_a_deadline_has_no_row_for_an_end(client, office):
    client.force_login(office)
    parent = makers.news_page()
    html = client.get(
        reverse("wagtailadmin_pages:add", args=["newsroom", "callforapplications", parent.pk])
    ).content.decode()
    assert 'name="deadline_0"' in html
    assert 'name="deadline_4"' not in html
    assert 'type="date"' in html


@pytest.mark.parametrize(
    "born, died, fine",
    [
        ("1950", "1940", False),
        ("1950-05-12", "1950-05-11", False),
        ("1950-05-12", "1950", True),
        ("", "1950", True),
        ("1950", "", True),
    ],
)
def test_nobody_dies_before_she_is_born(born, died, fine):
    from django.core.exceptions import ValidationError

    item = Remembrance(title="R", slug="r", date="2025-01-01", born=born, died=died)
    if fine:
        item.clean()
    else:
        with pytest.raises(ValidationError, match="before the birth"):
            item.clean()


def test_what_was_over_before_it_was_published_is_refused():
    from datetime import date

    from django.core.exceptions import ValidationError

    from collegium.kit.when import When

    call = CallForApplications(title="C", date=date(2025, 2, 1), deadline=When.of("2025-01-31", "UTC"))
    with pytest.raises(ValidationError, match="before the day of the item"):
        call.clean()
    recording = Recording(title="R", when=When.of("2025-01-10", "UTC"), until=When.of("2024", "UTC"))
    with pytest.raises(ValidationError, match="before it was recorded"):
        recording.clean()


def test_a_search_for_bodies_names_each_once(client, office):
    from collegium.kit.when import When

    body = Body.objects.create(title="Board", slug="board", locale=makers.locale())
    for name in ("Ada Board", "Bea Board", "Cy Board"):
        Term.objects.create(body=body, name=name, role="Member", start=When.of("2024", "UTC"))
    client.force_login(office)
    response = client.get(reverse("wagtailsnippets_governance_body:list"), {"q": "Board"})
    assert [one.pk for one in response.context["object_list"]] == [body.pk]


def test_of_a_list_there_is_one_in_a_language(client, office):
    there, elsewhere = makers.news_page(), makers.text_page(title="Membership")
    client.force_login(office)
    offered = client.get(reverse("wagtailadmin_pages:add_subpage", args=[elsewhere.pk])).content.decode()
    assert "newsroom/newspage" not in offered
    assert "website/textpage" in offered
    second = reverse("wagtailadmin_pages:add", args=["newsroom", "newspage", elsewhere.pk])
    response = client.get(second)
    assert response.url == reverse("wagtailadmin_pages:edit", args=[there.pk])
    there.delete()
    assert client.get(second).status_code == 200
