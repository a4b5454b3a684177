"""All stored fields of a record, inherited ones too, as JSON keeps them; and how they are written back."""

from typing import Any

from django.db.models import Field, Model

State = dict[str, Any]


def read(instance: Model) -> State:
    """The fields as they are stored now, whatever the instance in memory says. Empty if it is not stored."""
    row = type(instance)._default_manager.filter(pk=instance.pk).first() if instance.pk else None
    if row is None:
        return {}
    state = {field.name: _dump(field, row) for field in _fields(row)}
    for relation in row._meta.many_to_many:
        keys = relation.value_from_object(row)
        state[relation.name] = sorted(str(related.pk) for related in keys)
    return state


def apply(state: State, instance: Model) -> None:
    """Set the fields of `instance` to `state`, without saving. Fields that are gone since are left out."""
    for field in _fields(instance):
        if field.name in state:
            value = state[field.name]
            setattr(instance, field.attname, None if value is None else field.to_python(value))


def _fields(instance: Model) -> list[Field[Any, Any]]:
    return [
        field
        for field in instance._meta.concrete_fields
        if not field.primary_key and not getattr(field.remote_field, "parent_link", False)
    ]


def _dump(field: Field[Any, Any], row: Model) -> Any:
    value = getattr(row, field.attname)
    return value if value is None or isinstance(value, bool | int | str) else field.value_to_string(row)
