"""What becomes of one component."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.errors import BadInput, Conflict, Forbidden, NotAllowed, NotFound
from remanu.inspection import actions, queries
from remanu.parts import queries as parts
from remanu.parts.models import Item
from remanu.rules.dispositions import REPLACEMENTS
from tests import people

WORN = ("64.971",) * 6 + ("64.800",)


def dispose(bench, position, disposition, by=None, **more):
    """Decide by the inspector unless somebody else is named."""
    return bench.do(
        actions.dispose, by or bench.inspector, bench.parts[position], disposition=disposition, **more
    )


def options(bench, position):
    """What may become of a component now."""
    at = bench.ask(queries.bench, bench.org_id, bench.parts[position])
    return queries.options(at.family, at.item.component, bench.results(position))


@pytest.fixture
def inspected(bench):
    """Everything is measured; one main journal is worn to the next size."""
    bench.measure_all(main_journal_diameter=WORN)
    bench.move("INSPECTED")
    return bench


def test_it_works(inspected):
    """The body holds the worst verdict and the results behind it, and the route has the disposition."""
    body = dispose(inspected, "cylinder-block", "REUSE_AS_IS").body
    assert (body.basis, body.zone, body.proposal, len(body.results)) == (
        "measured",
        "within_new",
        "REUSE_AS_IS",
        2,
    )
    route = inspected.ask(
        parts.find_route, inspected.org_id, inspected.case, inspected.parts["cylinder-block"]
    )
    assert route.disposition == "REUSE_AS_IS"


def test_the_size_is_frozen_with_its_mates(inspected):
    """The worst journal says to which size all go, and the shells follow (I17)."""
    sizes = dispose(inspected, "crankshaft", "SALVAGE_SIZE_STEP").body.sizes
    assert [(one.characteristic, one.step, one.unit, one.mates) for one in sizes] == [
        ("main-journal-diameter", "-0.25", "mm", ("main-bearing-shell",))
    ]
    rows = inspected.ask(queries.size_steps, inspected.org_id, inspected.case)
    assert [(row.characteristic, row.step) for row in rows] == [("main-journal-diameter", "-0.25")]


def test_only_what_the_worst_verdict_permits(inspected):
    """A shaft that goes to a size is not reused as it is."""
    assert set(options(inspected, "crankshaft").permitted) == REPLACEMENTS | {
        "SALVAGE",
        "SALVAGE_SIZE_STEP",
        "CONCESSION_REQUEST",
    }
    with pytest.raises(BadInput) as told:
        dispose(inspected, "crankshaft", "REUSE_AS_IS")
    assert told.value.details["why"] == "not-permitted"


def test_what_is_replaced_every_time_is_never_reused(inspected):
    """Bearing shells are not inspected for reuse (I16)."""
    assert options(inspected, "main-bearing-shell").permitted == ("REPLACE_MANDATORY",)
    with pytest.raises(BadInput):
        dispose(inspected, "main-bearing-shell", "REUSE_AS_IS")
    assert dispose(inspected, "main-bearing-shell", "REPLACE_MANDATORY").body.basis == "mandatory"


def test_where_nothing_is_asked_the_eye_decides(inspected):
    """The pack asks for no measurement of pistons; the record says that it was decided by eye."""
    assert set(options(inspected, "piston").permitted) == REPLACEMENTS | {"REUSE_AS_IS"}
    assert dispose(inspected, "piston", "REUSE_AS_IS").body.basis == "by-eye"


def test_not_before_everything_is_measured(bench):
    """I13."""
    bench.measure("crankshaft", "main-journal-diameter")
    bench.move("INSPECTED")
    with pytest.raises(BadInput) as told:
        dispose(bench, "crankshaft", "REPLACE_NEW")
    assert told.value.details["why"] == "unmeasured"


def test_a_change_needs_a_reason_and_names_the_former(inspected):
    """Exactly one disposition counts; the former one stays in the record (I15)."""
    dispose(inspected, "crankshaft", "SALVAGE_SIZE_STEP")
    with pytest.raises(BadInput) as told:
        dispose(inspected, "crankshaft", "REPLACE_NEW")
    assert told.value.details["why"] == "change-reason"
    body = dispose(inspected, "crankshaft", "REPLACE_NEW", why="mistaken").body
    assert (body.former, body.why) == ("SALVAGE_SIZE_STEP", "mistaken")
    assert inspected.ask(queries.size_steps, inspected.org_id, inspected.case) == []


@pytest.mark.parametrize("odd", ["BURN", "", "REPLACE"])
def test_not_with_another_word(inspected, odd):
    """Dispositions come from a closed list."""
    with pytest.raises(BadInput):
        dispose(inspected, "crankshaft", odd)


def test_not_the_unit_itself(inspected):
    """A disposition belongs to a component."""
    inspected.parts["engine"] = inspected.unit
    with pytest.raises(Conflict) as told:
        dispose(inspected, "engine", "REUSE_AS_IS")
    assert told.value.details["why"] == "not-a-component"


def test_not_before_inspection(bench):
    """From CLEANED the way leads over the inspection."""
    bench.measure_all()
    with pytest.raises(NotAllowed):
        dispose(bench, "crankshaft", "REUSE_AS_IS")


def test_not_by_a_technician(inspected):
    """Deciding is the inspector's and the board's."""
    with pytest.raises(Forbidden):
        dispose(inspected, "crankshaft", "REPLACE_NEW", by=inspected.technician)


def test_not_of_another_workshop(inspected):
    """Their parts do not exist here."""
    with pytest.raises(NotFound):
        dispose(inspected, "crankshaft", "REPLACE_NEW", by=people.OUTSIDER)


def test_nothing_is_decided_about_what_went_out(inspected):
    """A part that another one replaced is scrapped; its record does not say later that it was reused."""
    dispose(inspected, "cylinder-block", "REPLACE_NEW")
    item = sa.update(Item).where(Item.org_id == inspected.org_id, Item.id == inspected.parts["cylinder-block"])
    inspected.do(lambda tx: tx.execute(item.values(condition="scrapped")))
    with pytest.raises(Conflict) as told:
        dispose(inspected, "cylinder-block", "REUSE_AS_IS", why="mistaken")
    assert told.value.details["why"] == "went-out"
