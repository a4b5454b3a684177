"""Panels: what each room shows of a person on the office's page of her, and on her own account page.

A room registers a panel in its wiring:

    panels.register(Panel("terms", _("Terms of office"), "governance/panels/terms.html", terms_of, PLACES))
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from collegium.people.models import Account, Person


class Place(StrEnum):
    """The page on which a panel stands."""

    OFFICE = "office"
    ACCOUNT = "account"


#: Returns what the template shows of the person, or None where there is nothing to show.
Content = Callable[[Person], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """A section with a heading. On the office's page it needs `permission`, if one is named."""

    key: str
    title: Any
    template: str
    content: Content
    places: frozenset[Place] = frozenset({Place.OFFICE})
    order: int = 50
    is_aside: bool = False  #: in the narrow column, where there are two
    permission: str = ""


@dataclass(frozen=True)
class FilledPanel:
    """A panel with what it shows of one person."""

    panel: Panel
    content: Mapping[str, Any]

    @property
    def html(self) -> SafeString:
        """The panel's template with this content."""
        return render_to_string(self.panel.template, dict(self.content))


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Register `panel`. Two with one key are a programming error, which fails at start."""
    if panel.key in _panels:
        raise ValueError(f"two rooms register the panel {panel.key!r}")
    _panels[panel.key] = panel


def of_person(person: Person, *, place: Place, viewer: Account) -> list[FilledPanel]:
    """The panels of `person` at `place` that `viewer` may see and that have something to show."""
    chosen = [panel for panel in _panels.values() if _may_see(panel, place, viewer)]
    filled = ((panel, panel.content(person)) for panel in sorted(chosen, key=lambda p: (p.order, p.key)))
    return [FilledPanel(panel, content) for panel, content in filled if content is not None]


def _may_see(panel: Panel, place: Place, viewer: Account) -> bool:
    if place not in panel.places:
        return False
    return place is Place.ACCOUNT or not panel.permission or viewer.has_perm(panel.permission)
