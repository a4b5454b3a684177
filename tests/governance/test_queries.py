from datetime import date

import pytest

import makers_governance as makers
from collegium.governance import presenters, queries
from collegium.governance.models import Body

pytestmark = pytest.mark.django_db


def names(terms):
    return [term.name for term in terms]


@pytest.fixture
def board():
    return makers.body(
        makers.term("Old Hand", "2021-07-01", "2024-06-30"),
        makers.term("Left Early", "2023-07-01", "2024-02-12"),
        makers.term("First Chair", "2023-07-01", "2024-06-30", role="Chair"),
        makers.term("Second Chair", "2024-07-01", role="chair"),
        makers.term("Year Only", "2022", "2022"),
        roles="Chair\nMember",
    )


def test_roles_stand_in_the_order_of_the_body_then_who_began_first(board):
    assert names(queries.serving(board, date(2024, 1, 1))) == ["First Chair", "Old Hand", "Left Early"]
    assert names(queries.serving(board, date(2025, 2, 14))) == ["Second Chair"]
    assert names(queries.serving(board, date(2020, 1, 1))) == []


def test_a_role_that_the_body_does_not_order_stands_below():
    body = makers.body(
        makers.term("Guest", "2020", role="Adviser"), makers.term("Head", "2024", role="Chair"), roles="Chair"
    )
    assert names(queries.serving(body, date(2025, 1, 1))) == ["Head", "Guest"]


def test_those_of_a_year_are_all_who_served_in_it(board):
    found = queries.served(board, date(2024, 1, 1), date(2024, 12, 31))
    assert set(names(found)) == {"First Chair", "Second Chair", "Old Hand", "Left Early"}


def test_boards_are_made_of_the_days_on_which_somebody_came_or_had_gone(board):
    found = [(one.first, one.last, one.exact) for one in queries.compositions(board)]
    assert found == [
        (date(2024, 7, 1), None, True),
        (date(2024, 2, 13), date(2024, 6, 30), True),
        (date(2023, 7, 1), date(2024, 2, 12), True),
        (date(2023, 1, 1), date(2023, 6, 30), False),
        (date(2022, 1, 1), date(2022, 12, 31), False),
        (date(2021, 7, 1), date(2021, 12, 31), True),
    ]


def test_years_go_back_to_the_first_and_name_only_days_that_are_known(board):
    found = queries.years(board, date(2024, 3, 1))
    assert [one.year for one in found] == [2024, 2023, 2022, 2021]
    assert "Second Chair" not in names(found[0].terms)
    assert found[0].changed == [date(2024, 2, 13)]
    assert found[2].changed == []
    assert queries.years(makers.body(), date(2024, 3, 1)) == []


def test_a_term_is_shown_as_far_as_it_is_over(board):
    roles = presenters.by_role(queries.serving(board, date(2024, 6, 30)), date(2024, 6, 30))
    assert [(role.title, [seat.elapsed for seat in role.seats]) for role in roles] == [
        ("Chair", [100]),
        ("Member", [100]),
    ]
    latest = presenters.by_role(queries.serving(board, date(2025, 1, 1)), date(2025, 1, 1))
    assert latest[0].seats[0].elapsed is None


def test_a_body_with_its_terms_is_one_draft(board):
    latest = board.get_latest_revision_as_object()
    latest.terms = [makers.term("Only Draft", "2024")]
    latest.save_revision()
    assert "Only Draft" not in names(queries.serving(Body.objects.get(), date(2025, 1, 1)))
    draft = Body.objects.get().get_latest_revision_as_object()
    assert names(queries.serving(draft, date(2025, 1, 1))) == ["Only Draft"]
