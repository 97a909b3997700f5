"""A scan becomes a row of the basket."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.errors import Conflict
from remanu.intake import actions
from remanu.intake.models import BasketRow
from remanu.rules import identity
from tests import people
from tests.intake.scanned import CLERK, announced, codes


def test_what_was_scanned_twice_counts_once(hall):
    """The row is named, and counts how often."""
    (case,) = announced(hall, "1")
    row, twice = hall.do(actions.put, CLERK, hall.case(case).item.code)
    assert (twice, row.times) == (True, 2)
    assert len(codes(hall, CLERK)) == 1


def test_a_basket_ends_with_two_hundred(hall):
    """What more is scanned is refused, and what lies there stays."""
    announced(hall, "1")
    made = iter(range(10, 400))

    def fill(tx):
        rows = [
            {"org_id": people.WORKSHOP, "ref": CLERK.ref, "code": f"X{next(made)}", "times": 1, "n": n}
            for n in range(2, 201)
        ]
        tx.execute(sa.insert(BasketRow), rows)

    hall.do(fill)
    with pytest.raises(Conflict) as refused:
        hall.do(actions.put, CLERK, identity.new_item_code(lambda _: 9))
    assert refused.value.details["why"] == "basket-full"
