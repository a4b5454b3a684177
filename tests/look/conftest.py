"""Templates with nothing but the look and its frame: no society, no menus, no database."""

from copy import deepcopy

import pytest


@pytest.fixture
def bare_templates(settings, db):
    """The templates without what the rooms above put into their context. The switch of languages asks for sites."""
    templates = deepcopy(settings.TEMPLATES)
    options = templates[0]["OPTIONS"]
    options["context_processors"] = [
        name for name in options["context_processors"] if name.startswith("django.template.")
    ]
    settings.TEMPLATES = templates
