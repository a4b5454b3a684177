from datetime import date

import pytest
from django.core.exceptions import ValidationError

from collegium.society.models import FinancialYear, Society


@pytest.mark.parametrize(
    ("end", "day", "first", "last", "label"),
    [
        ((12, 31), date(2025, 6, 1), date(2025, 1, 1), date(2025, 12, 31), "2025"),
        ((12, 31), date(2025, 12, 31), date(2025, 1, 1), date(2025, 12, 31), "2025"),
        ((6, 30), date(2025, 6, 30), date(2024, 7, 1), date(2025, 6, 30), "2024–25"),
        ((6, 30), date(2025, 7, 1), date(2025, 7, 1), date(2026, 6, 30), "2025–26"),
        ((4, 5), date(2025, 4, 6), date(2025, 4, 6), date(2026, 4, 5), "2025–26"),
        ((2, 28), date(2024, 2, 29), date(2023, 3, 1), date(2024, 2, 29), "2023–24"),
        ((2, 28), date(2024, 3, 1), date(2024, 3, 1), date(2025, 2, 28), "2024–25"),
        ((2, 28), date(2023, 3, 1), date(2023, 3, 1), date(2024, 2, 29), "2023–24"),
    ],
)
def test_a_financial_year_contains_its_days(end, day, first, last, label):
    society = Society(year_end_month=end[0], year_end_day=end[1])
    year = society.financial_year(day)
    assert (year, year.label) == (FinancialYear(first, last), label)


@pytest.mark.parametrize(
    ("facts", "field", "message"),
    [
        ({"year_end_month": 2, "year_end_day": 29}, "year_end_day", "February has no day 29 in every year"),
        ({"year_end_month": 6, "year_end_day": 31}, "year_end_day", "June has no day 31 in every year"),
        ({"year_end_month": 13}, "year_end_month", "not a valid choice"),
        ({"year_end_day": 0}, "year_end_day", "greater than or equal to 1"),
        ({"currency": "DEM"}, "currency", "not a valid choice"),
        ({"currency": "usd"}, "currency", "not a valid choice"),
        ({"zone": "Europe/Zurih"}, "zone", "Europe/Zurich"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(facts, field, message):
    with pytest.raises(ValidationError) as refusal:
        Society(**facts).full_clean()
    assert any(message in line for line in refusal.value.message_dict[field])
    assert list(refusal.value.message_dict) == [field]


def test_a_new_society_is_valid():
    Society().full_clean()
