from datetime import date
from decimal import Decimal

import pytest

from collegium.intake.fingerprint import fingerprint


def test_the_order_of_keys_does_not_matter_and_that_of_a_list_does():
    assert fingerprint({"a": 1, "b": [1, 2]}) == fingerprint({"b": [1, 2], "a": 1})
    assert fingerprint([1, 2]) != fingerprint([2, 1])


def test_what_records_hold_can_be_told_apart():
    values = [
        date(2025, 2, 14),
        date(2025, 2, 15),
        Decimal("1.0"),
        Decimal("1.00"),
        "é",
        "e",
        None,
        {1, 2},
        {1},
    ]
    assert len({fingerprint(value) for value in values}) == len(values)
    assert fingerprint({"b", "a", "c"}) == fingerprint({"c", "a", "b"})


def test_what_has_no_lasting_form_is_a_fault_of_the_house():
    with pytest.raises(TypeError):
        fingerprint({"a": object()})
