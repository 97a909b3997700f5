"""Life-limited parts in units of this record: they count with their host, and only living ones are fitted; I5, I10."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from remanu.errors import Conflict
from remanu.families.assembly import CalendarLimit, LifeRuling
from remanu.families.loader import load_all
from remanu.parts import actions, queries
from remanu.parts.queries import limited
from remanu.parts.schemas import told
from tests.parts.disk import NUMBER, disk, left, split, stand, whole
from tests.parts.hall import counted


def engine(hall, **cycles):
    """An engine in work with its cycles by rating."""
    case = hall.case(family="aero-engine", component="engine", name="Engine")
    if cycles:
        split(hall, case.item, **{"A": 0, **cycles})
    return case


def later(hall, **amount):
    """Time passes."""
    hall.database.clock.advance(**amount)


def check(hall, item, host):
    """Whether the disk may be fitted into the host."""
    row = hall.ask(queries.find_item, item.id)
    hall.database.transact(lambda tx: actions.check_life(tx, row, host.id))


def refused(hall, item, host):
    """Why it may not."""
    with pytest.raises(Conflict) as refusal:
        check(hall, item, host)
    return refusal.value.details["why"]


def test_a_fitted_part_counts_with_its_host(hall):
    """500 cycles at B more on the engine are 500 at B on the disk; the trace goes on without a break (I5)."""
    item, case = whole(hall), engine(hall, B=100, C=200)
    hall.fit(case, item, at="fan-disk")
    later(hall, days=30)
    split(hall, case.item, A=0, B=600, C=200)
    later(hall, days=1)
    found = stand(hall, item)
    assert (found.state, found.breaks) == ("ACTIVE", ())
    assert found.counts["cycles"].ratings == {"A": 0, "B": 4500, "C": 5000}
    assert found.told[-1].span.until is None


def test_its_own_reading_goes_before_its_hosts(hall):
    """A part's own counts are never replaced by its host's: only what the host counts after them is added."""
    item, case = whole(hall), engine(hall, B=100, C=200)
    hall.fit(case, item, at="fan-disk")
    later(hall, days=30)
    split(hall, case.item, A=0, B=600, C=200)
    split(hall, item, A=0, B=4501, C=5000)
    later(hall, days=1)
    split(hall, case.item, A=0, B=610, C=200)
    later(hall, days=1)
    assert stand(hall, item).counts["cycles"].ratings["B"] == 4511


def test_a_new_part_begins_at_nothing(hall):
    """No papers, no readings: a part that came new counts from its first installation on."""
    item, case = disk(hall, origin="new"), engine(hall, B=100, C=200)
    assert stand(hall, item).state == "ACTIVE"
    check(hall, item, case.item)
    hall.fit(case, item, at="fan-disk")
    later(hall, days=30)
    split(hall, case.item, A=0, B=350, C=200)
    later(hall, days=1)
    found = stand(hall, item)
    assert (found.state, found.breaks) == ("ACTIVE", ())
    assert found.counts["cycles"].ratings == {"A": 0, "B": 250, "C": 0}
    assert left(found) == {"B": 24650, "C": 19898}


def test_what_its_host_ran_at_no_rating_is_uncertain(hall):
    """A total that nobody split leaves the disk's life in question (I9, SM-9 no. 5)."""
    item, case = whole(hall), engine(hall, B=100, C=200)
    hall.fit(case, item, at="fan-disk")
    later(hall, days=30)
    hall.do("technician", actions.read_counter, case.item.id, counter="cycles", value="400", origin="host")
    later(hall, days=1)
    found = stand(hall, item)
    assert (found.state, found.standing.doubts) == ("TRACE_BROKEN", ("rating-unknown",))


@pytest.mark.parametrize(
    ("cycles", "state"),
    [(18089, "ACTIVE"), (18090, "NEAR_LIMIT"), (20099, "NEAR_LIMIT"), (20100, "LIMIT_REACHED")],
)
def test_the_limit_comes_near_and_is_reached(hall, cycles, state):
    """SM-9 no. 2 and 3: nine tenths are near; 20,100 of 20,100 are the end, not one less."""
    item = disk(hall, origin="new")
    split(hall, item, A=0, B=0, C=cycles)
    found = stand(hall, item)
    # It counted outside any unit that is on record, so that its trace is in question as long as life is left.
    expected = state if state == "LIMIT_REACHED" else "TRACE_BROKEN"
    assert (found.life, found.serviceable) == (expected, False)
    assert limited.limited.life(limited.limited.Facts(found.standing.fraction, broken=False)) == state


def test_a_correction_gives_life_back(hall):
    """SM-9 no. 4: a reading that was wrong, not a part that was used up."""
    item = disk(hall)
    wrong = split(hall, item, A=0, B=0, C=21000)
    assert stand(hall, item).life == "LIMIT_REACHED"
    given = {"counter": "cycles", "rating": "C", "value": "2100", "origin": "instrument"}
    hall.do("technician", actions.read_counter, item.id, **given, corrects=wrong.body.splits[2].reading, why="A nought")
    assert stand(hall, item).life == "TRACE_BROKEN"


def test_a_rating_without_a_limit(hall):
    """No verified limit at A is at hand: a disk that ran at A cannot be released on this pack."""
    item = disk(hall, origin="new")
    split(hall, item, A=1, B=0, C=0)
    assert stand(hall, item).standing.doubts == ("no-limit",)


def test_a_part_number_that_no_limit_is_for(hall):
    """The published limits are those of two part numbers."""
    found = stand(hall, disk(hall, part_number="335-014-510-0"))
    assert (found.state, found.standing.doubts) == ("TRACE_BROKEN", ("no-limit",))


def test_neither_ended_nor_untraced_parts_are_fitted(hall):
    """I10: each with its reason; what is not life-limited passes."""
    case = engine(hall)
    ended, untraced = disk(hall), disk(hall)
    split(hall, ended, A=0, B=0, C=20100)
    split(hall, untraced, A=0, B=0, C=10)
    assert refused(hall, ended, case.item) == "limit-reached"
    assert refused(hall, untraced, case.item) == "trace-broken"
    assert refused(hall, disk(hall, part_number="X"), case.item) == "trace-broken"
    check(hall, hall.item(family="aero-engine", component="fan-frame"), case.item)
    check(hall, whole(hall), case.item)


def test_back_into_the_same_engine_without_disposition(hall):
    """SM-9, 14 CFR 43.10(b): removed and refitted, no time accrued; into another engine it needs control."""
    item, case, another = whole(hall), engine(hall, B=100, C=200), engine(hall, B=0, C=0)
    hall.fit(case, item, at="fan-disk")
    later(hall, days=1)
    hall.do("technician", actions.remove, item.id, why="access")
    later(hall, days=1)
    check(hall, item, case.item)
    assert refused(hall, item, another.item) == "control-needed"
    hall.do("technician", actions.control_part, item.id, method="record", reference="T-1")
    check(hall, item, another.item)


def test_not_once_the_product_ran_meanwhile(hall):
    """43.10(b) ends when the engine counts without the disk."""
    item, case = whole(hall), engine(hall, B=100, C=200)
    hall.fit(case, item, at="fan-disk")
    later(hall, days=1)
    hall.do("technician", actions.remove, item.id, why="access")
    later(hall, days=1)
    split(hall, case.item, A=0, B=101, C=200)
    later(hall, days=1)
    assert refused(hall, item, case.item) == "control-needed"


def test_many_parts_cost_as_many_statements_as_one(hall):
    """Five, whatever their number."""
    items = [whole(hall) for _ in range(3)]

    now, engine_ = hall.database.clock.now(), hall.database.read_engine
    with hall.database.reading() as connection:
        rows = [queries.find_item(connection, hall.org_id, one.id) for one in items]
        family = actions.lives.pack_of(connection, rows[0])
        with counted(engine_) as few:
            limited.limited_parts(connection, hall.org_id, rows[:1], family, now)
        with counted(engine_) as many:
            found = limited.limited_parts(connection, hall.org_id, rows, family, now)
    assert (len(few), len(many), [one.item.part_number for one in found]) == (5, 5, [NUMBER] * 3)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_calendar_and_words_instead_of_limits(hall, technician):
    """Domain.md §4.1: whichever comes first ends it; the last day and the words stand where its life is shown."""
    item = whole(hall)
    row = hall.ask(queries.find_item, item.id)
    pack = load_all()["aero-engine"]
    source = pack.life_limits[0].source
    both = {"component": "fan-disk", "part_numbers": (), "source": source}

    def under(months):
        calendar = (CalendarLimit(months=months, **both),)
        words = (LifeRuling(counter="cycles", rating="A", word="not-limited", **both),)
        family = replace(pack, calendar_limits=calendar, life_rulings=words)
        now = hall.database.clock.now()
        return hall.ask(lambda c, org: limited.limited_parts(c, org, [row], family, now))[0]

    held, ended = under(600), under(12)
    assert (held.state, held.calendar[0].until) == ("ACTIVE", date(2053, 4, 30))
    assert (ended.state, ended.serviceable, ended.why) == ("LIMIT_REACHED", False, "limit-reached")
    assert {one.remaining for one in ended.standing.left} == {0}
    with technician.application.test_request_context():
        macro = technician.application.jinja_env.get_template("parts/_life.html").module.life
        shown = macro(held, told.left(held), "1", told.POLICY_WORDS, told.MARK_WORDS)
    assert "Ends after 600 calendar months at the latest" in shown
    assert "N/L, the part is not limited there" in shown


def test_what_nobody_counted_is_not_shown_as_nothing(hall, technician):
    """A disk without a reading may be at its end: used is unknown, and so is what is left."""
    page = technician.get(f"/parts/{disk(hall).id}").text
    assert "Life used: unknown" in page
    assert "0.0 %" not in page
    assert "<b>0 cycles</b>" not in page
