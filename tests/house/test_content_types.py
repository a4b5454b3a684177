"""Every sort of public content has what the house promises of each. A new sort that forgets fails here."""

from importlib import import_module

import pytest
from django.apps import apps
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.test import RequestFactory
from wagtail.models import DraftStateMixin, Page

from collegium.pages.models import BasePage


def ours(kind):
    return [
        model
        for model in apps.get_models()
        if issubclass(model, kind) and model.__module__.startswith("collegium.")
    ]


PAGES = ours(Page)
RECORDS = [model for model in ours(DraftStateMixin) if not issubclass(model, Page)]
KINDS = [*PAGES, *RECORDS]
PROMISED = ["locale", "translation_key", "owner", "review_by", "live", "expire_at", "latest_revision"]

# What a sort of content does without, and why.
WITHOUT: dict[tuple[str, str], str] = {
    ("library.Issue", "summary"): "its volume, its number and its contents say what it is",
}

each = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind._meta.label)
each_record = pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind._meta.label)
each_page = pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind._meta.label)


def excused(kind, promise):
    return (kind._meta.label, promise) in WITHOUT


def fields(kind):
    return {field.name for field in kind._meta.get_fields()}


def test_the_walk_finds_what_there_is():
    assert {"website.HomePage", "newsroom.NewsItem", "events.Event"} <= {kind._meta.label for kind in KINDS}


def test_no_excuse_outlives_its_reason():
    labels = {kind._meta.label for kind in KINDS}
    assert [key for key, reason in WITHOUT.items() if key[0] not in labels or not reason] == []


@each
@pytest.mark.parametrize("promise", PROMISED)
def test_it_has_a_language_an_owner_and_a_day_to_be_read_again(kind, promise):
    assert promise in fields(kind) or excused(kind, promise)


@each
def test_it_says_in_a_line_what_it_is(kind):
    assert fields(kind) & {"summary", "description"} or excused(kind, "summary")


@each_page
def test_a_page_stands_on_the_base_of_all_pages(kind):
    assert issubclass(kind, BasePage)
    assert kind.schema_type
    assert isinstance(kind.in_sitemap, bool)


@each_page
def test_a_page_has_a_template(db, kind):
    if not kind.is_creatable:
        return  # its sorts have theirs
    page = kind(title="A page", slug="a-page")
    assert get_template(page.get_template(RequestFactory().get("/")))


@each_record
def test_a_record_has_a_template(db, kind):
    record = kind()
    for mode, _ in record.preview_modes:
        try:
            assert get_template(record.get_preview_template(RequestFactory().get("/"), mode))
        except TemplateDoesNotExist:
            pytest.fail(f"{kind._meta.label} is shown with a template that there is not.")


@each_record
def test_a_record_describes_itself_to_machines(kind):
    room = apps.get_containing_app_config(kind.__module__).name
    if not excused(kind, "jsonld"):
        assert callable(import_module(f"{room}.jsonld").describe)
