"""How readers are told of a closing moment: a badge, or the date in full."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from collegium.kit import clock, when_format, zones
from collegium.kit.when import When
from collegium.look.status import StatusBadge

SOON = 30  #: days before its end from which a thing is shown as closing


def closing_badge(when: When) -> StatusBadge:
    """`Open until 1 June 2025`, `Closes in 6 days`, `Closes today`, `Closed on 1 March 2025`."""
    now, language = clock.now(), get_language() or "en"
    said = when_format.days(when, language)
    if when.is_past(now):
        label = _("Closed on %(day)s") if when.has_day else _("Closed, %(day)s")
        return StatusBadge("past", label % {"day": said})
    left = (when.last_day - now.astimezone(zones.tz(when.zone)).date()).days
    if not when.has_day or left > SOON:
        return StatusBadge("open", _("Open until %(day)s") % {"day": said})
    if left <= 0:
        return StatusBadge("closing", _("Closes today"))
    return StatusBadge("closing", ngettext("Closes in %d day", "Closes in %d days", left) % left)


def when_label(when: When) -> str:
    """`1 March 2025, 23:59 anywhere on Earth`, and no more than is known."""
    language = get_language() or "en"
    parts = [when_format.days(when, language), when_format.venue_time(when, language)]
    return ", ".join(part for part in parts if part)
