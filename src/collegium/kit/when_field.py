"""`When` in a database: the line of text that people meant, and what is derived from it for asking.

    when = WhenField()
    when_first = DerivedInstantField(of="when", bound="first")
    when_last = DerivedInstantField(of="when", bound="last")
    when_precision = PrecisionField(of="when")

The derived columns serve order and past-ness only. They are computed anew at each save, and by
`recompute` when the zone data change; the text stays what it was.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from collegium.kit.when import When


class WhenField(models.CharField):
    """A `When`, kept as its one line of text."""

    description = _("When something is, as exactly as it is known")
    # What the type checker's plugin reads as the types that this field takes and gives.
    _pyi_private_set_type: When | str  # type: ignore[assignment]
    _pyi_private_get_type: When  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # What forms are told, and databases are not: one moment without an end; a bare day is the office's.
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
        """Whether also a draft needs it. The content library asks: it would else keep nothing there."""
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
        # As text: Wagtail's revisions write what this gives into JSON.
        return self.get_prep_value(getattr(model_instance, self.attname))


class DayField(WhenField):
    """One day, month or year, as exactly as it is known: a `When` without an hour and without an end."""

    description = _("A day, a month or a year")

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if isinstance(value, When) and (value.has_time or value.end is not None):
            raise ValidationError(
                _("Give one day, one month or one year, without an hour."), code="not_one_day"
            )


class DerivedField(models.Field):
    """A column that says something about the `WhenField` called `of`."""

    of: str

    def _when(self, record: models.Model) -> When | None:
        value = getattr(record, self.of)
        return When.read(value) if isinstance(value, str) and value else value or None


class DerivedInstantField(DerivedField, models.DateTimeField):
    """The `first` or the `last` moment that a `When` can be, in UTC.

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
    """How exactly a `When` is known: 1 year, 2 month, 3 day, 4 time."""

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
