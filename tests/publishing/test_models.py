"""What every published record gets from its base."""

import pytest
from django.apps import apps
from django.template.loader import get_template
from wagtail.models import Revision, WorkflowState

import makers
from collegium.publishing.models import PublishedRecord

RECORDS = [model for model in apps.get_models() if issubclass(model, PublishedRecord)]
each_record = pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)


def test_six_kinds_of_record_stand_on_it():
    labels = {model._meta.label for model in RECORDS}
    assert {
        "events.Event",
        "events.Recording",
        "careers.Job",
        "governance.Body",
        "library.Resource",
        "library.Issue",
    } <= labels


@each_record
def test_its_preview_has_a_template_and_names_the_record(db, model, rf):
    record, request = model(), rf.get("/")
    assert get_template(record.get_preview_template(request, ""))
    context = record.get_preview_context(request, "")
    assert context[model._meta.model_name] is record


@each_record
def test_revisions_and_approvals_are_found_by_its_name(db, model):
    name = model._meta.model_name
    assert not Revision.objects.filter(**{f"{name}__isnull": False}).exists()
    assert not WorkflowState.objects.filter(**{f"{name}__isnull": False}).exists()


def test_only_live_records_are_public(db):
    event = makers.event()
    assert list(type(event).objects.public()) == [event]
    event.unpublish()
    assert list(type(event).objects.public()) == []


def test_its_revisions_are_those_of_its_own(db):
    event, other = makers.event(), makers.event()
    before = event.revisions.count()
    event.save_revision()
    other.save_revision()
    assert event.revisions.count() == before + 1
