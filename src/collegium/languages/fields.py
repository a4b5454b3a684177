"""Which fields of pages and records are put into other languages; all others are the original's.

A model says it itself, in `translated_fields`; what its bases say holds for it too.
"""

from typing import Any

from django.apps import apps
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField, get_translatable_fields


def declare() -> None:
    """Tell wagtail-localize which fields are translated. All other fields follow the original."""
    found = {model: _fields(model) for model in translatable_models()}
    for model, fields in found.items():
        model.translatable_fields = fields  # type: ignore[attr-defined]


def translatable_models() -> list[type[models.Model]]:
    """Every model of ours of which there is a record for each language."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, TranslatableMixin) and hasattr(model, "translated_fields")
    ]


def translated(model: type[models.Model]) -> set[str]:
    """The names of the fields of `model` that are put into other languages."""
    return {name for part in model.__mro__ for name in vars(part).get("translated_fields", ())}


def _fields(model: type[models.Model]) -> list[Any]:
    names = translated(model)
    known = [field.field_name for field in get_translatable_fields(model)]
    # wagtail-localize does not list these.
    many = [field.name for field in model._meta.get_fields() if isinstance(field, ParentalManyToManyField)]
    return [
        TranslatableField(name) if name in names else SynchronizedField(name, overridable=False)
        for name in [*known, *many]
    ]
