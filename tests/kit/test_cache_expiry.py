"""Cached pages expire by themselves at every moment that a room stores in a derived field."""

from datetime import UTC, datetime

import pytest

import makers
import makers_governance
from collegium.kit import cache_expiry

AT = datetime(2025, 3, 1, 10, 1, tzinfo=UTC)


def test_every_derived_moment_counts_without_registration():
    names = {f"{model._meta.label}.{column}" for model, column in cache_expiry.columns()}
    assert {
        "events.Event.when_first",
        "events.Event.when_last",
        "events.Recording.until_last",
        "careers.Job.closes_last",
        "newsroom.NewsItem.embargo_lifts",
        "newsroom.CallForApplications.deadline_last",
        "newsroom.Survey.closes_last",
    } <= names


def test_days_and_fields_that_say_so_do_not_count():
    names = {f"{model._meta.label}.{column}" for model, column in cache_expiry.columns()}
    assert not {name for name in names if name.startswith(("governance.Term", "events.Recording.when"))}


def test_a_column_that_a_child_inherits_counts_once():
    columns = [column for _, column in cache_expiry.columns() if column == "embargo_lifts"]
    assert columns == ["embargo_lifts"]


@pytest.mark.parametrize(
    "make",
    [
        lambda: makers.event("2025-03-01 10:05 to 10:45", "UTC"),
        lambda: makers_governance.job("2025-03-01 10:05", "UTC"),
    ],
    ids=["event", "job"],
)
def test_the_next_expiry_is_the_next_moment_of_any_record(db, make):
    make()
    assert cache_expiry.next_expiry(AT) == datetime(2025, 3, 1, 10, 5, tzinfo=UTC)


def test_one_query_reads_all_tables(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        cache_expiry.next_expiry(AT)
