"""SM-2, row by row (domain.md §3.3): from what was found to what may become of the part."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from remanu.errors import BadInput
from remanu.inspection import actions, events, queries
from remanu.inspection.queries import Options
from remanu.ledger.kinds import Kind
from remanu.ledger.record import begin, record
from remanu.parts import actions as parts
from remanu.parts import queries as part_queries
from remanu.rules.dispositions import DISPOSITIONS, REPLACEMENTS, Verdict
from tests.inspection import published, shop
from tests.inspection.test_condemn import condemn

MAIN = "main-journal-diameter"
WORN = (*shop.JOURNALS[:6], "64.800")
SHAFT = "crankshaft"


def decided(bench, word, position=SHAFT, **more):
    """The event of a decision."""
    return bench.do(actions.dispose, bench.inspector, bench.parts[position], disposition=word, **more).body


def refused(bench, word, position=SHAFT):
    """The reason why a decision is not taken."""
    with pytest.raises(BadInput) as told:
        decided(bench, word, position)
    return told.value.details["why"]


@pytest.fixture
def recon(database, inspector, technician):
    """The same engine, to be reconditioned."""
    return shop.build(
        database, inspector=inspector, technician=technician, target="RECONDITIONED", number="7"
    )


def test_row_1_inside_new_limits_is_reused(bench):
    """SM-2 row 1: REUSE_AS_IS, or replaced all the same; never repaired without need."""
    bench.measure_all()
    bench.move("INSPECTED")
    assert refused(bench, "SALVAGE") == "not-permitted"
    assert decided(bench, "REUSE_AS_IS").because == "within-new-limits"


def test_row_2_between_new_and_service_is_salvaged(bench):
    """SM-2 row 2: SALVAGE, for a promise as new."""
    bench.measure_all(top_face_flatness=("0.10",) * 6)
    bench.move("INSPECTED")
    assert refused(bench, "REUSE_AS_IS", "cylinder-block") == "not-permitted"
    assert decided(bench, "SALVAGE", "cylinder-block").zone == "between_new_and_service"


def test_row_3_a_size_step_pins_its_mate(bench):
    """SM-2 row 3: SALVAGE_SIZE_STEP fixes the size of the mating shells (I17)."""
    bench.measure_all(main_journal_diameter=WORN)
    bench.move("INSPECTED")
    (size,) = decided(bench, "SALVAGE_SIZE_STEP").sizes
    assert (size.characteristic, size.step, size.mates) == (MAIN, "-0.25", ("main-bearing-shell",))
    kept = bench.ask(queries.size_steps, bench.org_id, bench.case)
    assert [(row.step, row.characteristic) for row in kept] == [("-0.25", MAIN)]


def test_row_4_a_service_limit_serves_weaker_promises_alone(bench, recon):
    """SM-2 row 4: ACCEPT_SERVICE_LIMIT is forbidden for REMANUFACTURED."""
    worn = (*shop.JOURNALS[:6], "64.900")
    for one in (bench, recon):
        one.measure_all(main_journal_diameter=worn)
        one.move("INSPECTED")
    assert refused(bench, "ACCEPT_SERVICE_LIMIT") == "not-permitted"
    assert decided(recon, "ACCEPT_SERVICE_LIMIT").because == "within-service-limits"


def test_row_5_beyond_service_or_cracked_is_replaced(bench):
    """SM-2 row 5: whatever the class, by a new, remanufactured or used serviceable part."""
    bench.measure_all(crankshaft_cracks=("3",), top_face_flatness=("0.16",) * 6)
    bench.move("INSPECTED")
    for word in ("REUSE_AS_IS", "SALVAGE", "SALVAGE_SIZE_STEP"):
        assert refused(bench, word) == "not-permitted"
    assert decided(bench, "REPLACE_REMAN").because == "beyond-service-limits"
    assert decided(bench, "REPLACE_USED_SERVICEABLE", "cylinder-block").proposal == "REPLACE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """A repair of an earlier life."""

    operation: str
    nth: int


REPAIR = Kind(
    "test.sm2_repair",
    1,
    Repaired,
    lambda tx, done: events.count_repair(tx, done, done.body.operation, done.body.nth),
)


def repaired(bench, position, nth):
    """The part had the repair so often, in whatever lives."""

    def work(tx):
        item = part_queries.find_item(tx.connection, bench.org_id, bench.parts[position])
        act = begin(tx, bench.technician, "parts.register")
        body = Repaired(operation=published.OPERATION, nth=nth)
        return record(act, REPAIR, part_queries.subject_of(item), body)

    bench.database.transact(work)


def test_row_5_a_repair_is_done_no_oftener_than_it_may(database, storage, inspector, technician):
    """SM-2 rows 2 and 5, I19: with repairs left it is salvaged, at the limit it is replaced; the count is frozen."""
    bench = shop.build(
        database,
        inspector=inspector,
        technician=technician,
        number="8",
        parts=(("one", "d01"),),
        pack=storage.put(published.pack().encode()),
    )
    told = []
    for nth in (0, 1, 2):
        if nth:
            repaired(bench, "one", nth)
        given = {"characteristic": "d01-value", "unit": "mm", "values": ("53.92",)}
        body = bench.do(
            actions.measure,
            bench.inspector,
            bench.parts["one"],
            instrument=bench.tools["outside-micrometer"],
            why="reading-doubted" if nth else None,
            **given,
        ).body
        told.append((body.proposal, body.because, body.schemes_open))
    assert told == [
        ("SALVAGE", "outside-new-limits", 1),
        ("SALVAGE", "outside-new-limits", 1),
        ("REPLACE", "repair-count-reached", 0),
    ]
    bench.move("INSPECTED")
    assert refused(bench, "SALVAGE", "one") == "not-permitted"
    assert decided(bench, "REPLACE_NEW", "one").because == "repair-count-reached"


def test_row_5_a_life_that_ended_is_replaced(database, inspector, technician):
    """SM-2 row 5, SM-9, I10: at its limit a disk is replaced, however sound it looks."""
    bench = shop.build(
        database,
        inspector=inspector,
        technician=technician,
        number="9",
        family="aero-engine",
        state="INSPECTED",
        parts=(("hpc-spool", "hpc-spool"),),
    )
    assert "REUSE_AS_IS" in may_now(bench, "hpc-spool").permitted
    bench.do(
        parts.read_counter,
        bench.technician,
        bench.parts["hpc-spool"],
        counter="cycles",
        rating="A",
        value="14000",
        origin="owner",
    )
    assert set(may_now(bench, "hpc-spool").permitted) == REPLACEMENTS
    assert refused(bench, "REUSE_AS_IS", "hpc-spool") == "not-permitted"
    body = decided(bench, "REPLACE_NEW", "hpc-spool")
    assert (body.because, body.basis) == ("life-limit-reached", "life")


def may_now(bench, position):
    """What may become of a component at this moment."""
    item = bench.ask(part_queries.find_item, bench.org_id, bench.parts[position])
    family = bench.view().family
    return bench.ask(queries.options_now, family, item, bench.results(position), bench.database.clock.now())


def test_an_ended_life_changes_neither_what_is_always_replaced_nor_what_is_unmeasured():
    """I13, I16: measured first, and the word of a mandatory position stays."""
    verdict = Verdict("not_tested", "NOT_TESTED", "not-tested")
    always = Options(verdict, "mandatory", ("REPLACE_MANDATORY",), ())
    unread = Options(verdict, "measured", (), ())
    assert queries.after_life(always) is always
    assert queries.after_life(unread) is unread
    ended = queries.after_life(Options(verdict, "by-eye", ("REUSE_AS_IS", "REPLACE_NEW"), ()))
    assert set(ended.permitted) == REPLACEMENTS


def test_row_6_what_is_replaced_every_time_is_never_inspected_for_reuse(bench):
    """SM-2 row 6, I16: no measurement is taken, and no other decision."""
    bench.move("INSPECTED")
    shell = "main-bearing-shell"
    with pytest.raises(BadInput):
        bench.measure(shell, MAIN)
    assert refused(bench, "REUSE_AS_IS", shell) == "not-permitted"
    assert refused(bench, "REPLACE_NEW", shell) == "not-permitted"
    assert decided(bench, "REPLACE_MANDATORY", shell).basis == "mandatory"
    assert refused(bench, "REPLACE_MANDATORY") == "unmeasured"


def test_row_7_a_concession_is_asked_for_what_lies_outside(bench):
    """SM-2 row 7: only where something lies outside, and it leads to SM-3."""
    bench.measure_all(crankshaft_cracks=("3",))
    bench.move("INSPECTED")
    assert refused(bench, "CONCESSION_REQUEST", "cylinder-block") == "not-permitted"
    assert decided(bench, "CONCESSION_REQUEST").disposition == "CONCESSION_REQUEST"


def test_what_cannot_be_measured_is_replaced(bench):
    """SM-2 row 5 and I13: broken beyond measuring is seen, recorded and replaced; nothing else."""
    condemn(bench)
    bench.move("INSPECTED")
    may = queries.options(bench.view().family, SHAFT, bench.results(SHAFT))
    assert set(may.permitted) == REPLACEMENTS
    assert may.permitted == tuple(one for one in DISPOSITIONS if one in REPLACEMENTS)


def test_the_limits_that_applied_are_frozen(bench):
    """Limits, class and ways to restore stand in the result: replaying it needs no rule of today (I13)."""
    body = bench.measure(SHAFT, MAIN, *WORN).body
    assert (body.limits.new_min, body.limits.repair_min, body.limits.service_min) == (
        "64.965",
        "64.85",
        "64.10",
    )
    assert (body.limits.steps, body.target_class) == (("-0.25", "-0.50", "-0.75"), "REMANUFACTURED")
    assert body.schemes_open == 4
