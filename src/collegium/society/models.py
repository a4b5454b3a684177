"""The society's own record."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from collegium.kit import currencies, zones

_LEAP_DAY = 29


def check_zone(text: str) -> None:
    """Refuse an unknown time zone, and propose the one that was perhaps meant."""
    try:
        zones.tz(text)
    except zones.UnknownZone as error:
        raise ValidationError(str(error), code="unknown_zone") from error


@dataclass(frozen=True)
class FinancialYear:
    """A financial year by its first and last day."""

    first: date
    last: date

    @property
    def label(self) -> str:
        """`2025` for a calendar year, else `2024–25`."""
        if self.first.year == self.last.year:
            return str(self.last.year)
        return f"{self.first.year}–{self.last.year % 100:02d}"


class Society(models.Model):
    """What the society is called, how it is reached, and by which zone, currency and year it reckons."""

    name = models.CharField(_("name"), max_length=120, default="A learned society")
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    address = models.TextField(
        _("postal address"),
        blank=True,
        max_length=400,
        help_text=_("As on an envelope, without the name. It stands on letters and invoices."),
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    zone = models.CharField(
        _("time zone of the office"),
        max_length=64,
        default="UTC",
        validators=[check_zone],
        help_text=_("The name of a zone, such as Europe/Zurich. The society's days begin and end there."),
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="USD",
        choices=currencies.choices,
        help_text=_("The society keeps its accounts in it."),
    )
    year_end_month = models.PositiveSmallIntegerField(
        _("month in which the financial year ends"), default=12, choices=MONTHS
    )
    year_end_day = models.PositiveSmallIntegerField(
        _("day on which it ends"),
        default=31,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text=_("28 February means the last day of February, also in a leap year."),
    )

    class Meta:
        verbose_name = _("society")
        verbose_name_plural = _("society")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a financial year that ends on a day that does not exist in every year."""
        month, day = self.year_end_month, self.year_end_day
        if month in MONTHS and isinstance(day, int) and day > monthrange(2001, month)[1]:
            raise ValidationError(
                {
                    "year_end_day": _("%(month)s has no day %(day)d in every year. Choose an earlier day.")
                    % {"month": MONTHS[month], "day": day}
                }
            )

    @property
    def tel(self) -> str:
        """The telephone number as a link dials it."""
        return "".join(c for c in self.phone if c.isdigit() or c == "+")

    def financial_year(self, day: date) -> FinancialYear:
        """The financial year that contains `day`."""
        last = self._year_end(day.year)
        if day > last:
            last = self._year_end(day.year + 1)
        return FinancialYear(self._year_end(last.year - 1) + timedelta(days=1), last)

    def _year_end(self, year: int) -> date:
        last_of_month = monthrange(year, self.year_end_month)[1]
        is_end_of_february = (self.year_end_month, self.year_end_day) == (2, _LEAP_DAY - 1)
        return date(year, self.year_end_month, last_of_month if is_end_of_february else self.year_end_day)
