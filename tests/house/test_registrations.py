"""Every model of every room is registered where its kind of content must be. What is missing is named."""

from dataclasses import replace

import pytest

from collegium.events.models import Captions, Event, EventKind
from collegium.publishing import content
from collegium.sections.models import EventsPage
from house.registrations import Registries, content_models, missing

each = pytest.mark.parametrize("model", content_models(), ids=lambda model: model._meta.label)


def test_the_walk_finds_what_there_is():
    labels = {model._meta.label for model in content_models()}
    assert {
        "events.Event",
        "events.EventKind",
        "library.Issue",
        "newsroom.NewsItem",
        "pages.Navigation",
    } <= labels


@each
def test_nothing_is_missing(model):
    assert missing(model, Registries()) == []


def without(model):
    return [kind for kind in content.kinds() if kind.model is not model]


def changed(model, **values):
    return [replace(kind, **values) if kind.model is model else kind for kind in content.kinds()]


SECTIONS = [page for page in Registries().sections if page is not EventsPage]
FORGOTTEN = [
    (Event, {"kinds": without(Event)}, ["content kind"]),
    (Event, {"sections": SECTIONS}, ["section page"]),
    (Event, {"pack_parts": Registries().pack_parts - {"events"}}, ["pack part"]),
    (Event, {"kinds": changed(Event, pack_parts=())}, ["pack part"]),
    (Event, {"desk": []}, ["desk"]),
    (Event, {"kinds": changed(Event, permissions={})}, ["permissions"]),
    (EventKind, {"kinds": without(EventKind)}, ["content kind"]),
    (EventKind, {"desk": []}, ["desk"]),
    (EventsPage, {"kinds": without(Event)}, ["content kind"]),
    (EventsPage, {"sections": [*SECTIONS, EventsPage, EventsPage]}, ["own section name"]),
]


@pytest.mark.parametrize("model, registries, named", FORGOTTEN)
def test_what_a_room_forgets_is_named(model, registries, named):
    assert missing(model, Registries(**registries)) == named


def test_a_page_that_says_nothing_of_itself_is_named(monkeypatch):
    monkeypatch.setattr(EventsPage, "page_description", "")
    monkeypatch.setattr(EventsPage, "section", "")
    assert missing(EventsPage, Registries()) == ["page description", "section"]


def test_one_key_is_for_one_model():
    with pytest.raises(content.AlreadyRegistered, match=r"'event' is registered already, for events\.Event"):
        content.add("event", Captions)
    with pytest.raises(content.AlreadyRegistered, match=r"events\.Event is registered already, as 'event'"):
        content.add("occasion", Event)
