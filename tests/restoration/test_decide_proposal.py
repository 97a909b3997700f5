"""A person decides on what the system proposes; the proposal decides nothing."""

from __future__ import annotations

import pytest

from remanu.families.fleet import cmapss_trends
from remanu.intake import actions as intake
from remanu.intake.events import Reading
from remanu.restoration.queries import proposals as queries
from remanu.restoration.queries.proposals import CONDITION
from tests.restoration import promises


@pytest.fixture
def shop(yard):
    """Everything is measured: crankshaft and block are worn."""
    return yard.until("DISPOSITIONED")


def proposed(yard):
    """What is proposed for the case now."""
    return yard.of_case(lambda connection, case: queries.proposals(connection, case, yard.place.database.clock.now()))


def of(yard, position):
    """The proposal for the component in this place."""
    return next(one for one in proposed(yard).parts if one.route.position == position)


def about(one, **more):
    """A decision on this proposal."""
    return {"about": one.route.item_id, "inputs": one.digest, "decision": "followed", **more}


def test_a_worn_part_gets_a_scheme_with_reasons(shop):
    """Grinding restores the crankshaft's journals, milling the block's face; sound parts get nothing."""
    assert [one.route.position for one in proposed(shop).parts] == ["cylinder-block", "crankshaft"]
    crank = of(shop, "crankshaft")
    assert crank.proposal.choice == "salvage"
    assert crank.proposal.schemes[0].operations == ("crank-grinding",)
    assert "no-history" in crank.proposal.schemes[0].because
    assert of(shop, "cylinder-block").proposal.schemes[0].operations == ("deck-milling",)


def test_following_stands_in_the_record(shop):
    """What was proposed, why, by which method, from what, and what the person did; the case stays where it is."""
    one = of(shop, "crankshaft")
    done = shop.act("planner", "decide_proposal", **about(one))
    assert (done.body.proposed, done.body.decision, done.body.why) == (("crank-grinding",), "followed", None)
    assert done.body.because == one.proposal.because
    assert (done.body.method, done.body.inputs) == (queries.SCHEME_METHOD, one.digest)
    row = proposed(shop).decided(one.digest)
    assert (row.decision, row.by_ref) == ("followed", shop.who["planner"].ref)
    assert shop.view().state == "DISPOSITIONED"


def test_not_following_says_why(shop):
    """Without a reason it is not taken; a reason of one's own words neither."""
    one = of(shop, "crankshaft")
    promises.odd(shop, "planner", "decide_proposal", "why", "required", **about(one, decision="not_followed"))
    odd = about(one, decision="not_followed", why="no idea")
    promises.odd(shop, "planner", "decide_proposal", "why", "not-a-choice", **odd)
    promises.odd(shop, "planner", "decide_proposal", "decision", "not-a-choice", **about(one, decision="maybe"))
    done = shop.act("planner", "decide_proposal", **about(one, decision="not_followed", why="capacity"))
    assert done.body.why == "capacity"


def test_one_decision_a_proposal(shop):
    """The second is told that somebody decided."""
    one = of(shop, "crankshaft")
    shop.act("planner", "decide_proposal", **about(one))
    promises.contradicts(shop, "inspector", "decide_proposal", "proposal-decided", **about(one))


def test_another_proposal_by_now(shop):
    """Whoever decides on what is not proposed any more reads it again."""
    one = of(shop, "crankshaft")
    for changed in ({"inputs": "0" * 64}, {"about": of(shop, "cylinder-block").route.item_id}, {"about": CONDITION}):
        promises.contradicts(shop, "planner", "decide_proposal", "proposal-changed", **{**about(one), **changed})


def test_roles_and_organisations(shop, outsider):
    """Planner, inspectors and core manager of the same organisation."""
    given = about(of(shop, "crankshaft"))
    promises.only_its_roles(shop, "decide_proposal", shop.case, **given)
    promises.only_its_organisation(shop, outsider, "decide_proposal", shop.case, **given)


def test_a_spent_repair_changes_the_proposal(shop):
    """I19: what was ground as often as it may be is not proposed to be ground; the digest is another one."""
    one = of(shop, "crankshaft")
    limit = one.works["crank-grinding"].left
    assert limit is None or limit > 0
    assert one.digest != of(shop, "cylinder-block").digest


def test_an_engine_with_a_trend_is_estimated(place, yard):
    """A simulated engine that came in with the trend of its sensors: about its true life, never by its own record."""
    trend = next(cmapss_trends())
    condition = [
        Reading(name=f"{name} {what}", value=value, unit="1")
        for name, pair in trend.sensors.items()
        for what, value in zip(("level", "slope"), pair, strict=True)
    ]
    core = intake.Core(family="aero-engine", name="Turbofan", maker="C-MAPSS (simulated)", part_number="FD001")
    received = {"owner": "The owner", "signed_by": "Driver", "evidence": (yard.photo,)}
    done = place.do(
        intake.receive, yard.who["receiving_clerk"], core=core, simulated=True, condition=tuple(condition), **received
    )
    yard.case = done.body.step.case
    one = proposed(yard).condition
    assert (one.n, one.grade) == (99, "long")
    # The truth file says 112 cycles.
    assert abs(one.remaining - 112) <= one.error
    told = yard.act("core_inspector", "decide_proposal", about=CONDITION, inputs=one.digest, decision="followed")
    assert told.body.proposed == ("long", str(one.remaining))


def test_a_core_without_a_trend_is_not_estimated(shop):
    """Nothing is guessed where nothing was recorded."""
    assert proposed(shop).condition is None


def test_the_pages(shop, enter):
    """The list leads to the decision, the decision back to the list, and the plan says what is proposed."""
    browser = enter("planner")
    page = browser.get(f"/cases/{shop.case}/proposals").text
    assert "Crankshaft grinding" in page
    one = of(shop, "crankshaft")
    way = f"/cases/{shop.case}/decide_proposal?about={one.route.item_id}&amp;inputs={one.digest}"
    assert way in page
    form = browser.get(way.replace("&amp;", "&")).text
    assert "I do not follow it" in form
    assert "proposed" in browser.get(f"/cases/{shop.case}/start_restoration").text
    given = {**about(one), "key": "decide-1", "expected": "DISPOSITIONED"}
    refused = browser.post(f"/cases/{shop.case}/decide_proposal", data={**given, "decision": "not_followed"})
    assert refused.status_code == 422
    assert one.digest in refused.text
    assert browser.post(f"/cases/{shop.case}/decide_proposal", data=given).status_code == 303
    assert "Followed" in browser.get(f"/cases/{shop.case}/proposals").text


def test_the_json(shop, enter):
    """The same for programs, with limits as decimals."""
    told = enter("planner").get(f"/api/v1/cases/{shop.case}/proposals").json
    assert told["condition"] is None
    assert [one["choice"] for one in told["parts"]] == ["salvage", "salvage"]
    assert told["parts"][0]["schemes"][0]["operations"] == ["deck-milling"]
