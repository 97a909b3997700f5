"""An approved pack holds from a day on; editions follow one another, and cases keep what they were opened under."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from remanu.accounts import queries as accounts
from remanu.catalogue import actions, events, queries
from remanu.clock import stamp
from remanu.db import evidence_of
from remanu.errors import BadInput, Conflict, Damaged, Forbidden
from remanu.families import loader
from remanu.intake import actions as intake
from remanu.intake.actions import Core
from remanu.ledger import verify
from remanu.ledger.kinds import subject
from remanu.ledger.record import begin, record
from remanu.rules.permissions import PERMISSIONS, ROLES
from tests import people
from tests.catalogue import own

LATER = datetime(2026, 5, 1, tzinfo=UTC)
PLANNER = people.BY_ROLE["planner"]


def announce(tx, family="diesel-engine"):
    """A core of the family is on its way."""
    return intake.announce(tx, PLANNER, core=Core(family=family), owner="Aster Haulage")


def test_cases_are_opened_under_it(hall):
    """From that day; before, nobody knows the family."""
    pack_id = own.approved(hall)
    with pytest.raises(BadInput):
        hall.do(announce, "hoisting-machine")
    hall.do(own.begin, pack_id)
    case = hall.case(hall.do(announce, "hoisting-machine").body.step.case)
    assert case.family.names.zh_hans == "曳引机"
    assert case.pack == hall.ask(queries.find_pack, people.WORKSHOP, pack_id).digest
    assert "hoisting-machine" in hall.ask(accounts.own_families, people.WORKSHOP)
    assert hall.holds()


def test_a_case_keeps_the_edition_that_it_was_opened_under(hall):
    """The limits of the next edition bind later cases alone; both stay readable."""
    hall.do(actions.publish_edition, own.ENGINEER, family="diesel-engine", applies_from=date(2026, 2, 1))
    before = hall.do(announce).body.step.case
    hall.do(own.begin, own.approved(hall, source=own.diesel(**own.NEXT), base="diesel-engine"))
    after = hall.do(announce).body.step.case
    assert [_limit(hall.case(one)) for one in (before, after)] == ["64.85", "64.80"]
    assert [hall.case(one).family.edition for one in (before, after)] == ["2", "3"]
    for case in (before, after):
        assert hall.ask(queries.read_pack, people.WORKSHOP, hall.case(case).pack).content


def test_what_is_decided_says_the_edition_that_the_case_works_by(hall):
    """Not the one that came into force meanwhile."""
    hall.do(actions.publish_edition, own.ENGINEER, family="diesel-engine", applies_from=date(2026, 2, 1))
    case = hall.case(hall.do(announce).body.step.case)
    hall.do(own.begin, own.approved(hall, source=own.diesel(**own.NEXT), base="diesel-engine"))
    on = hall.database.clock.now()
    found = hall.ask(queries.edition_of, people.WORKSHOP, case.family, digest=case.pack, on=on)
    assert (found.edition, found.digest) == ("2", case.pack)
    assert hall.ask(queries.editions_in_force, people.WORKSHOP, "diesel-engine", on).edition == "3"


def _limit(case):
    return next(one for one in case.family.characteristics if one.code == "main-journal-diameter").limits.repair_min


def test_the_usual_cost_is_no_statement(hall):
    """A pack is read once a process: a case costs what it cost before organisations had packs."""
    hall.do(own.begin, own.approved(hall))
    case_id = hall.do(announce, "hoisting-machine").body.step.case
    hall.case(case_id)
    seen = []
    engine = hall.database.read_engine
    sa.event.listen(engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    hall.case(case_id)
    assert len(seen) == 2


def test_a_family_may_go_back_to_the_built_in_pack(hall):
    """From a later day, as any other edition."""
    hall.do(own.begin, own.approved(hall, source=own.diesel(**own.NEXT)))
    hall.do(actions.publish_edition, own.ENGINEER, family="diesel-engine", applies_from=date(2026, 4, 1))
    found = hall.ask(queries.find_family, people.WORKSHOP, "diesel-engine", LATER)
    assert found.edition == "2"


@pytest.mark.parametrize(
    ("day", "why"),
    [(date(2026, 2, 28), "before-today"), (date(2026, 3, 15), "overlap"), (date(2027, 6, 1), "absurd-time")],
)
def test_odd_days_are_refused(hall, day, why):
    """The past, a day on which a later edition holds, years ahead."""
    hall.do(actions.publish_edition, own.ENGINEER, family="diesel-engine", applies_from=date(2026, 4, 1))
    pack_id = own.approved(hall, source=own.diesel(**own.NEXT))
    with pytest.raises(BadInput) as refused:
        hall.do(own.begin, pack_id, day=day)
    assert refused.value.details["why"] == why


def test_two_editions_do_not_begin_on_one_day(hall):
    """Nobody could say which one held."""
    pack_id = own.approved(hall)
    hall.do(own.begin, pack_id)
    with pytest.raises(Conflict):
        hall.do(own.begin, pack_id)


def test_a_draft_holds_for_nobody(hall):
    """Before somebody else approved it."""
    pack_id = hall.do(own.draft).subject.id
    with pytest.raises(Conflict):
        hall.do(own.begin, pack_id)


def test_a_lost_text_is_found_and_never_guessed(hall):
    """Where a kept text is not there, nobody works by other limits, and the check names the file."""
    pack_id = own.approved(hall, source=own.diesel(**own.NEXT))
    hall.do(own.begin, pack_id)
    digest = hall.ask(queries.find_pack, people.WORKSHOP, pack_id).digest
    with hall.database.reading() as connection:
        storage = evidence_of(connection)
    storage.discard(digest)
    with pytest.raises(Damaged):
        hall.do(announce)
    report = verify.verify(hall.database, storage, hall.registry)
    assert digest in {one.key for one in report.problems}


def former(tx):
    """What a former version of the program recorded: the digest of its own pack, whose text nobody kept."""
    body = events.EditionPublished(family="copier", edition="1", digest="ab" * 32, since=stamp(tx.now))
    act = begin(tx, own.ENGINEER, "catalogue.publish_edition")
    return record(act, events.PUBLISH_EDITION, subject(people.WORKSHOP, tx.new_id()), body)


def test_a_digest_of_a_former_program_goes_by_the_built_in_pack(hall):
    """An installation that was upgraded opens its cases as before, and goes on with those that it has."""
    hall.do(former)
    case = hall.case(hall.do(announce, "copier").body.step.case)
    assert case.family is loader.load_all()["copier"]
    assert loader.digests()[case.pack] == "copier"
    worked = {"digest": case.pack, "on": hall.database.clock.now()}
    assert hall.ask(queries.edition_of, people.WORKSHOP, case.family, **worked).digest == case.pack


def test_roles(hall):
    """Engineers and approvers."""
    pack_id = own.approved(hall)
    for role in sorted(set(ROLES) - PERMISSIONS["catalogue.put_in_force"]):
        with pytest.raises(Forbidden):
            hall.do(own.begin, pack_id, people.BY_ROLE[role])
    hall.do(own.begin, pack_id, own.APPROVER, day=own.DAY + timedelta(days=1))
