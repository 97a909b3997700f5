"""Approving a concession (SM-3 no. 5): by design authority and customer, never by the requester (I33)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from remanu.cli import main
from remanu.errors import Conflict, FactorNeeded, Forbidden, GuardFailed, NotAllowed, NotAuthorised, OwnWork
from remanu.inspection import actions, queries
from remanu.ledger import seal
from tests.accounts.place import PASSWORD
from tests.inspection import board as boards


@pytest.fixture
def worn(board):
    """A board with a worn crankshaft before it."""
    board.bench.measure("crankshaft", "main-journal-diameter", *boards.WORN)
    return board


def test_sm3_no_5_it_answers_the_disposition(worn):
    """A component that asks for a concession is settled by it, until its last day (I22), and no farther out."""
    bench, part = worn.bench, worn.bench.parts["crankshaft"]
    bench.measure_all(main_journal_diameter=boards.WORN)
    bench.do(actions.inspect, bench.inspector, bench.case)
    bench.do(actions.dispose, bench.inspector, part, disposition="CONCESSION_REQUEST")
    (found,) = bench.ask(queries.open_nonconformities, bench.org_id, bench.case)
    assert (found.item_id, found.cause, bench.facts()["concessions_approved"]) == (part, "dimension", False)
    worn.act("review_nonconformity", found.id)
    worn.act("request_concession", found.id, **boards.ASKED)
    done = worn.act("approve_concession", found.id, worn.authority)
    assert (worn.row(found.id).state, done.body.authorisation) == ("CONCESSION_APPROVED", "XA-DA-0001")
    assert bench.facts()["concessions_approved"]
    assert bench.ask(queries.capped, bench.view())
    assert bench.ask(queries.critical_zone, bench.view()) == "between_new_and_service"
    (told,) = bench.ask(queries.printed, bench.view())
    assert (told.number, told.names["en"], told.expires) == ("CON-000001", "Crankshaft", "2026-12-31")
    (out,) = told.deviations
    assert (out.names["en"], out.value, out.unit) == ("Main journal diameter", "64.900", "mm")
    assert (out.new_min, out.new_max) == ("64.965", "64.985")
    over = bench.database.clock.now() + timedelta(days=400)
    assert not bench.ask(queries.facts, bench.view(), over)["concessions_approved"]
    worse = ("64.971",) * 6 + ("64.800",)
    bench.measure("crankshaft", "main-journal-diameter", *worse, why="reading-doubted")
    assert not bench.facts()["concessions_approved"]


def test_i33_not_by_the_requester(worn):
    """I33: whoever asked for it does not approve it, though he sits on the board; nor under his second account."""
    found = worn.reviewed()
    worn.act("request_concession", found, worn.both, **boards.ASKED)
    with pytest.raises(OwnWork) as refused:
        worn.act("approve_concession", found, worn.both)
    assert refused.value.details["acts"] == ["inspection.request_concession"]
    worn.act("approve_concession", found, worn.authority)
    with pytest.raises(NotAllowed):
        worn.act("approve_concession", found, worn.authority)


def test_the_customer_agrees_where_the_contract_says(worn):
    """SM-3: design authority AND customer; the customer's paper is sealed."""
    found = worn.pending(customer=True)
    with pytest.raises(GuardFailed) as refused:
        worn.act("approve_concession", found, worn.authority)
    assert refused.value.details["missing"] == ["customer_agrees"]
    done = worn.act("approve_concession", found, worn.authority, customer_reference="AH-2026-17", note="By letter.")
    asked = {"org_id": worn.bench.org_id, "event_id": done.id}
    private = worn.bench.ask(seal.open_sealed, worn.bench.database.keyring, **asked)
    assert private == {"note": "By letter.", "customer_reference": "AH-2026-17"}


def test_who_may_not(worn, place):
    """By authorisation of that day (I36), with a fresh factor, by the board alone, and not after the last day."""
    found = worn.pending(expires=date(2026, 3, 5))
    stranger = place.actor(place.member("unauthorised", "mrb"))
    with pytest.raises(NotAuthorised):
        worn.act("approve_concession", found, stranger)
    with pytest.raises(FactorNeeded):
        worn.act("approve_concession", found, replace(worn.authority, fresh_until=None))
    with pytest.raises(Forbidden):
        worn.act("approve_concession", found, worn.bench.inspector)
    worn.bench.database.clock.advance(days=5)
    late = replace(worn.authority, fresh_until=worn.bench.database.clock.now())
    with pytest.raises(Conflict) as told:
        worn.act("approve_concession", found, late)
    assert told.value.details["why"] == "concession-expired"


def test_by_command_the_same_rules_hold(worn, environment, config):
    """I33: the requester is refused with the reason; the design authority is shown what he approves."""

    def run(*words):
        where = ("concede", "CON-000001", "--dir", str(config.dir), *words)
        return CliRunner().invoke(main, where, input=f"{PASSWORD}\n", env=environment)

    found = worn.reviewed()
    worn.act("request_concession", found, worn.both, **boards.ASKED)
    refused = run("--login", "both", "--yes")
    assert (refused.exit_code, "own-work" in refused.stderr) == (2, True)
    done = run("--login", "authority", "--yes", "--json")
    assert (done.exit_code, json.loads(done.stdout)["number"]) == (0, "CON-000001")
    assert "main-journal-diameter 64.900 mm (64.965 … 64.985)" in done.stderr
    assert worn.row(found).state == "CONCESSION_APPROVED"
    assert run("--login", "authority", "--yes").exit_code == 2
