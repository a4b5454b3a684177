"""Each row of the tables of the page of rules, checked against the code."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

import makers_governance as makers
from collegium.governance import presenters, queries
from collegium.governance.models import Term

RULES = Path(__file__).resolve().parents[2] / "docs" / "rules" / "terms.md"


def rows(heading):
    section = RULES.read_text().split(f"## {heading}\n")[1].split("\n## ")[0]
    table = [line for line in section.splitlines() if line.startswith("|")][2:]
    assert len(table) > 4
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in table]


@pytest.mark.django_db
@pytest.mark.parametrize("start, end, on, serves", rows("Who serves on a day"))
def test_who_serves_on_a_day(start, end, on, serves):
    body = makers.body(makers.term("Ada Sample", start, end))
    found = queries.serving(body, date.fromisoformat(on))
    assert [term.name for term in found] == (["Ada Sample"] if serves == "yes" else [])


@pytest.mark.parametrize("start, end, said", rows("How a term is said"))
def test_how_a_term_is_said(start, end, said):
    assert presenters.date_range(makers.term("Ada Sample", start, end)) == said


@pytest.mark.django_db
@pytest.mark.parametrize("start, end, refused", rows("What is refused"))
def test_what_is_refused(start, end, refused):
    body, term = makers.body(), makers.term("Ada Sample", start, end)
    if refused == "no":
        term.clean()
        term.body = body
        term.save()
        assert Term.objects.count() == 1
        return
    with pytest.raises(ValidationError, match="ends before it starts"):
        term.clean()
    term.body = body
    with pytest.raises(IntegrityError, match="term_ends_after_start"), transaction.atomic():
        term.save()
