"""Every script and style that a form of the desk asks for is there: on a real server a missing one is a 500."""

import pytest
from django.apps import apps
from django.contrib.staticfiles import finders
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models


def forms():
    pages = [
        model
        for model in apps.get_models()
        if issubclass(model, Page) and model.__module__.startswith("collegium.")
    ]
    for model in pages:
        yield model, model.get_edit_handler().get_form_class()
    for model in get_snippet_models():
        if model.__module__.startswith("collegium."):
            yield model, model.snippet_viewset.get_edit_handler().get_form_class()


@pytest.mark.django_db
def test_the_files_of_every_form_are_there():
    asked = {}
    for model, form in forms():
        media = form().media
        for path in [*media._js, *(path for paths in media._css.values() for path in paths)]:
            asked.setdefault(str(getattr(path, "path", path)), model.__name__)
    assert len(asked) > 5
    missing = {
        path: model
        for path, model in asked.items()
        if not path.startswith("/") and not finders.find(path.partition("?")[0])
    }
    assert missing == {}
