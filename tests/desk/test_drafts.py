"""A draft of each record and each kind of news may be nearly empty: the form says what it needs, and never fails."""

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.models import DraftStateMixin, Page

import makers
import makers_governance
import makers_newsroom
from collegium.governance.models import Body
from collegium.newsroom.models.kinds import KINDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]

RECORDS = [
    model
    for model in apps.get_models()
    if issubclass(model, DraftStateMixin)
    and not issubclass(model, Page)
    and model.__module__.startswith("collegium")
]
AUTOSAVE = {"Accept": "application/json"}


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    return client


def formsets(html_form):
    """The management fields of the lists within a form, all empty."""
    counts = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}
    return {
        f"{formset.prefix}-{name}": n for formset in html_form.formsets.values() for name, n in counts.items()
    }


def blank(form):
    """What a browser sends of a form that nobody has touched: defaults, and JSON for rich text."""
    sent = formsets(form)
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        widget = field.widget
        if type(widget).__name__ == "DraftailRichTextArea":
            sent[name] = "null"
        elif type(widget).__name__ == "BlockWidget":
            sent[f"{name}-count"] = "0"
        elif isinstance(value, str | int) and not isinstance(value, bool) and value != "":
            sent[name] = value
    return sent


def saved(desk, url, facts, headers):
    opened = desk.get(url)
    assert opened.status_code == 200
    return desk.post(url, blank(opened.context["form"]) | facts, headers=headers)


def check_answer(response, model, headers):
    assert response.status_code in (200, 302) or (headers and response.status_code == 400)
    if response.status_code == 302 or (headers and response.json()["success"]):
        assert model.objects.count() == 1
    else:
        assert not model.objects.exists()


@pytest.mark.parametrize("headers", [{}, AUTOSAVE], ids=["by hand", "by itself"])
@pytest.mark.parametrize("facts", [{"title": "Only a title"}, {}], ids=["title", "nothing"])
@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_a_nearly_empty_record_is_kept_or_refused_in_words(desk, model, facts, headers):
    url = reverse(f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}:add")
    check_answer(saved(desk, url, facts, headers), model, headers)


@pytest.mark.parametrize("headers", [{}, AUTOSAVE], ids=["by hand", "by itself"])
@pytest.mark.parametrize("facts", [{"title": "Only a title"}, {}], ids=["title", "nothing"])
@pytest.mark.parametrize("key", KINDS)
def test_a_nearly_empty_item_of_news_is_kept_where_it_has_a_title(desk, key, facts, headers):
    model = KINDS[key]
    policy = "newsroom.PolicyPage" in model.parent_page_types
    section = makers_newsroom.policy_page() if policy else makers.news_page()
    url = reverse("wagtailadmin_pages:add", args=["newsroom", model._meta.model_name, section.pk])
    check_answer(saved(desk, url, facts, headers), model, headers)
    assert model.objects.count() == len(facts)


def test_a_recording_without_its_day_is_asked_for_it(desk):
    url = reverse("wagtailsnippets_events_recording:add")
    assert "when" in saved(desk, url, {"title": "A talk"}, {}).context["form"].errors


def test_a_body_needs_a_name_and_its_address_follows_the_name_until_it_is_public(desk):
    url = reverse("wagtailsnippets_governance_body:add")
    assert "title" in saved(desk, url, {}, {}).context["form"].errors
    saved(desk, url, {"title": "Ethics board"}, {})
    body = Body.objects.get()
    edit = reverse("wagtailsnippets_governance_body:edit", args=[body.pk])
    form = blank(desk.get(edit).context["form"]) | {"title": "Committee on Ethics"}
    desk.post(edit, form)
    assert Body.objects.get().get_latest_revision_as_object().slug == "committee-on-ethics"
    desk.post(edit, form | {"slug": "committee-on-ethics", "action-publish": "1"})
    desk.post(edit, form | {"title": "Ethics", "slug": "committee-on-ethics", "action-publish": "1"})
    assert Body.objects.get().slug == "committee-on-ethics"


def test_a_body_is_found_once_whatever_its_terms(desk):
    makers_governance.body(
        makers_governance.term("Imara", "2020"), makers_governance.term("Imara", "2022"), title="Board"
    )
    html = desk.get(reverse("wagtailsnippets_governance_body:list_results"), {"q": "Imara"}).content.decode()
    assert html.count(">Board<") + html.count("Board\n") == 1 or html.count("Select Board") <= 1
    context = desk.get(reverse("wagtailsnippets_governance_body:list"), {"q": "Imara"}).context
    assert len(context["object_list"]) == 1
