"""Model fields for a `When`: its text as people wrote it, and columns derived from it for queries.

    when = WhenField()
    when_first = DerivedInstantField(of="when", bound="first")
    when_last = DerivedInstantField(of="when", bound="last")
    when_precision = PrecisionField(of="when")

Derived columns serve to order and filter. They are computed at each save, and again when the time zone data
change; the text never changes.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from collegium.kit.when import When


class WhenField(models.CharField):
    """A `When`, stored as one line of text."""

    description = _("When something is, as exactly as it is known")
    # The types that the mypy plugin reads.
    _pyi_private_set_type: When | str  # type: ignore[assignment]
    _pyi_private_get_type: When  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # For forms only: one moment without an end; a bare day is in the zone of the office.
        self.single, self.by_office = kwargs.pop("single", False), kwargs.pop("by_office", False)
        kwargs.setdefault("max_length", 100)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        field: Any = super().formfield(**kwargs)
        if hasattr(field.widget, "single"):
            field.widget.single, field.by_office = self.single, self.by_office
        return field

    @property
    def required_on_save(self) -> bool:
        """Whether drafts need a value too. Wagtail reads it; else it would store an empty value."""
        return not self.null

    def from_db_value(self, value: str | None, *_: Any) -> When | None:
        return When.read(value) if value else None

    def to_python(self, value: Any) -> When | None:
        if value is None or value == "" or isinstance(value, When):
            return value or None
        try:
            return When.read(str(value))
        except ValueError as fault:
            raise ValidationError(str(fault), code="unreadable") from fault

    def run_validators(self, value: Any) -> None:
        super().run_validators("" if value is None else str(value))

    def get_prep_value(self, value: Any) -> str | None:
        return None if value in (None, "") else str(value)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        # As text, because Wagtail writes this into the JSON of revisions.
        return self.get_prep_value(getattr(model_instance, self.attname))


class DayField(WhenField):
    """One day, month or year: a `When` without a time and without an end."""

    description = _("A day, a month or a year")

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if isinstance(value, When) and (value.has_time or value.end is not None):
            raise ValidationError(
                _("Give one day, one month or one year, without a time."), code="not_one_day"
            )


class DerivedField(models.Field):
    """A column derived from the `WhenField` called `of`."""

    of: str

    def _when(self, record: models.Model) -> When | None:
        value = getattr(record, self.of)
        return When.read(value) if isinstance(value, str) and value else value or None


class DerivedInstantField(DerivedField, models.DateTimeField):
    """The `first` or `last` moment that a `When` can mean, in UTC.

    Cached pages expire at this moment (see `kit.cache_expiry`), unless `expires_cache` is False.
    """

    def __init__(
        self, *args: Any, of: str = "", bound: str = "first", expires_cache: bool = True, **kwargs: Any
    ) -> None:
        self.of, self.bound, self.expires_cache = of, bound, expires_cache
        kwargs |= {"null": True, "editable": False}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of, "bound": self.bound}

    def pre_save(self, model_instance: models.Model, add: bool) -> datetime | None:
        when = self._when(model_instance)
        value = getattr(when, self.bound) if when else None
        setattr(model_instance, self.attname, value)
        return value


class PrecisionField(DerivedField, models.PositiveSmallIntegerField):
    """The precision of a `When`: 1 year, 2 month, 3 day, 4 time."""

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        kwargs |= {"null": True, "editable": False}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> int | None:
        when = self._when(model_instance)
        value = int(when.precision) if when else None
        setattr(model_instance, self.attname, value)
        return value


def derived_fields(model: type[models.Model]) -> list[DerivedField]:
    """The derived columns of the table of `model`, without those of its parents."""
    return [field for field in model._meta.local_concrete_fields if isinstance(field, DerivedField)]


def recompute(model: type[models.Model]) -> int:
    """Recompute the derived columns of `model` from today's zone data. Return how many records changed."""
    fields = derived_fields(model)
    changed = 0
    for record in model._default_manager.iterator(chunk_size=500):
        before = {field.attname: getattr(record, field.attname) for field in fields}
        after = {field.attname: field.pre_save(record, False) for field in fields}
        if before != after:
            model._default_manager.filter(pk=record.pk).update(**after)
            changed += 1
    return changed
