"""Columns that hold a folded form of what people wrote, so that searches and constraints compare alike."""

from typing import Any

from django.db import models

from collegium.people.folding import fold_address, fold_name, sort_key


class FoldedEmailField(models.EmailField):
    """An e-mail address, stored and looked up in its folded form. Databases fold letters differently."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return fold_address(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = fold_address(value)
            setattr(model_instance, self.attname, value)
        return value


class FoldedNameField(models.TextField):
    """The folded words of the fields `of`, each after a space: " nguyen thi lan". Computed at each save.

    `LIKE '% lan%'` finds names in which a word begins with "lan".
    """

    def __init__(self, *args: Any, of: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.of = tuple(of)
        kwargs |= {"editable": False, "default": ""}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = fold_name(" ".join(getattr(model_instance, name) for name in self.of))
        setattr(model_instance, self.attname, value)
        return value


class SortKeyField(models.CharField):
    """The first of the fields `of` that is not empty, in Latin letters: all scripts in one order."""

    def __init__(self, *args: Any, of: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.of = tuple(of)
        kwargs |= {"editable": False, "default": "", "max_length": 120}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        text = next((value for name in self.of if (value := getattr(model_instance, name))), "")
        value = sort_key(text)[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value
