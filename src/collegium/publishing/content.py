"""The registry of content. A room registers each of its models once, where the model is defined.

    @content.register("event", pack_parts=["events"])
    class Event(PublishedRecord): ...

Permanent links, the sitemap, language alternates, translations, packs and the first permissions
are read from it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from wagtail.models import DraftStateMixin, Page

Registered = TypeVar("Registered", bound=type[Model])

#: What the groups that Wagtail comes with may do with a new installation's records and vocabularies.
RECORD_PERMISSIONS = {"Editors": "view add change", "Moderators": "view add change delete publish"}
VOCABULARY_PERMISSIONS = {"Editors": "view", "Moderators": "view add change delete"}


class AlreadyRegistered(ValueError):
    """Two models under one key, or one model under two keys."""


@dataclass(frozen=True)
class Kind:
    """One kind of content: a published record, a page, or a vocabulary by which records are sorted."""

    key: str  #: in permanent links, packs and templates: `/go/event/…`, `event:annual-meeting-2025`
    model: type[Model]
    pack_parts: tuple[str, ...]  #: the parts of a pack that hold items of this kind
    permissions: dict[str, str]  #: actions by the name of the group

    @property
    def is_page(self) -> bool:
        return issubclass(self.model, Page)

    @property
    def is_record(self) -> bool:
        """Whether it is a record that is drafted and published, with an address of its own."""
        return issubclass(self.model, DraftStateMixin) and not self.is_page

    @property
    def is_translatable(self) -> bool:
        """Whether packs bring translations of it."""
        return bool(self.pack_parts) and (self.is_page or bool(getattr(self.model, "translated_fields", ())))

    @property
    def collection(self) -> str:
        """The plural of its key: the part of a pack that holds it, and its name in the sitemap."""
        return self.pack_parts[0] if self.pack_parts else f"{self.key}s"

    @property
    def context_name(self) -> str:
        """What templates call a record of this kind."""
        return str(self.model._meta.model_name)

    def public(self) -> QuerySet[Any]:
        """The records that anybody may see, in all languages."""
        rows: QuerySet[Any] = self.model._default_manager.public()  # type: ignore[attr-defined]
        return rows

    def listed(self) -> QuerySet[Any]:
        """The public records that search engines may list."""
        rows: QuerySet[Any] = self.model._default_manager.listed()  # type: ignore[attr-defined]
        return rows


_kinds: dict[str, Kind] = {}


def register(
    key: str, *, pack_parts: Iterable[str] = (), permissions: dict[str, str] | None = None
) -> Callable[[Registered], Registered]:
    """Register the decorated model as the kind of content called `key`."""

    def decorate(model: Registered) -> Registered:
        add(key, model, pack_parts=pack_parts, permissions=permissions)
        return model

    return decorate


def add(
    key: str,
    model: type[Model],
    *,
    pack_parts: Iterable[str] = (),
    permissions: dict[str, str] | None = None,
) -> Kind:
    """Register `model` as the kind called `key`. Raises `AlreadyRegistered`."""
    for other in _kinds.values():
        if other.key == key:
            raise AlreadyRegistered(f"{key!r} is registered already, for {other.model._meta.label}.")
        if other.model is model:
            raise AlreadyRegistered(f"{model._meta.label} is registered already, as {other.key!r}.")
    kind = Kind(key, model, tuple(pack_parts), {})
    default = RECORD_PERMISSIONS if kind.is_record else {} if kind.is_page else VOCABULARY_PERMISSIONS
    _kinds[key] = Kind(key, model, kind.pack_parts, default if permissions is None else permissions)
    return _kinds[key]


def kinds() -> list[Kind]:
    """Every registered kind, in the order of registration."""
    return list(_kinds.values())


def records() -> Iterator[Kind]:
    """The kinds that are published records."""
    return (kind for kind in kinds() if kind.is_record)


def translatable() -> list[Kind]:
    """The kinds that packs translate; vocabularies first, because records refer to them."""
    return sorted((kind for kind in kinds() if kind.is_translatable), key=_rank)


def _rank(kind: Kind) -> tuple[int, str]:
    if kind.is_page:
        return 1, kind.key
    if kind.is_record:
        return 2, kind.key
    is_vocabulary = any(field.name == "key" for field in kind.model._meta.fields)
    return (0 if is_vocabulary else 3), kind.key


def translatable_parts() -> list[str]:
    """The parts of a pack that hold what packs translate."""
    return list(dict.fromkeys(part for kind in kinds() if kind.is_translatable for part in kind.pack_parts))


def get(key: str) -> Kind | None:
    """The kind called `key`; None where there is none."""
    return _kinds.get(key)
