"""The work order opens: what the case works to is frozen (SM-1 no. 10)."""

from __future__ import annotations

import pytest

from remanu.restoration import queries
from tests.restoration import promises

GIVEN = {"target_class": "REMANUFACTURED", "standard": "XA 28617", "edition": "2024"}


def test_it_freezes_what_the_case_works_to(yard):
    """Class, depth, standard and the edition of the pack stand in the work order and on the case."""
    yard.until("ACCEPTED")
    done = yard.act("planner", "open_work_order", **GIVEN)
    case, order = yard.view(), yard.of_case(queries.work_order)
    assert (case.state, case.target_class, case.standard, case.edition) == (
        "IN_WORK",
        "REMANUFACTURED",
        "XA 28617",
        "2024",
    )
    assert (order.depth, order.pack_edition, order.family) == ("parts", "2", "diesel-engine")
    assert done.body.depth == "parts"


def test_roles_and_organisations(yard, outsider):
    """The planner of the same organisation alone."""
    yard.until("ACCEPTED")
    promises.only_its_roles(yard, "open_work_order", yard.case, **GIVEN)
    promises.only_its_organisation(yard, outsider, "open_work_order", yard.case, **GIVEN)


def test_not_twice(yard):
    """A second one is no step of a case that is in work."""
    yard.until("IN_WORK")
    promises.only_from(yard, "planner", "open_work_order", **GIVEN)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"target_class": "REBUILT"}, "class_targeted"),
        ({"standard": " "}, "standard_frozen"),
        ({"edition": ""}, "standard_frozen"),
    ],
)
def test_what_is_missing_is_named(yard, given, missing):
    """A class that the family does not offer, or no standard, is a guard that fails."""
    yard.until("ACCEPTED")
    promises.misses(yard, "planner", "open_work_order", missing, **{**GIVEN, **given})


def test_an_edition_of_the_pack_has_to_be_in_force(yard):
    """Before engineering puts one in force there is nothing to freeze."""
    yard.until("ACCEPTED")
    yard.place.do(lambda tx: tx.execute(_forget()))
    promises.misses(yard, "planner", "open_work_order", "routing_frozen", **GIVEN)


def _forget():
    import sqlalchemy as sa  # noqa: PLC0415 -- the only raw statement of these tests

    from remanu.catalogue.models import PackEdition  # noqa: PLC0415 -- the same

    return sa.delete(PackEdition)


def test_an_odd_line_is_refused(yard):
    """Control characters do not get into a standard's name."""
    yard.until("ACCEPTED")
    promises.odd(
        yard,
        "planner",
        "open_work_order",
        "standard",
        "control-character",
        **{**GIVEN, "standard": "XA\u202e28617"},
    )
