"""Thirty-odd ways to approve one's own work, by every door and by every detour: each is refused (I32, I33, I35, T-R9).

What is refused at the signature of a release is recorded with its reason; elsewhere the act leaves nothing behind.
"""

from __future__ import annotations

import pytest

from remanu.errors import Refusal
from remanu.release import queries
from tests.accounts.place import PASSWORD
from tests.release import attempts, site
from tests.release.attempts import WORKED, worked_as

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

# Which refusal answers, and whether the signature that was denied stands in the record.
AT_THE_DESK = [
    *((worked_as(role), "own-work") for role in WORKED),
    (attempts.another_role, "own-work"),
    (attempts.second_account, "own-work"),
    (attempts.second_account_stated_the_other_way, "own-work"),
    (attempts.third_account, "own-work"),
    (attempts.enrolled_as_himself, "own-work"),
    (attempts.first_account_erased, "own-work"),
    (attempts.on_the_tablet, "own-work"),
    (attempts.by_import, "own-work"),
    (attempts.reopened, "own-work"),
    (attempts.after_reopening_it_himself, "own-work"),
    (attempts.authorised_yesterday, "not-authorised"),
]
ELSEWHERE = [
    (attempts.as_the_system, "forbidden"),
    (attempts.corrects_his_own, "own-work"),
    (attempts.lifts_the_review_of_his_own, "own-work"),
    (attempts.states_zero_time_of_his_own, "own-work"),
    (attempts.approves_his_pack, "own-work"),
    (attempts.approves_his_criteria, "own-work"),
    (attempts.approves_his_change, "own-work"),
    (attempts.approves_his_change_by_another_account, "own-work"),
    (attempts.approves_his_policy, "own-work"),
    (attempts.raises_his_own_rights, "forbidden"),
    (attempts.authorises_himself, "forbidden"),
    (attempts.invites_himself, "forbidden"),
    (attempts.administers_and_signs, "bad-input"),
]


def _names(rows):
    return [f"{n}-{getattr(attempt, '__name__', 'worked')}" for n, (attempt, _code) in enumerate(rows)]


@pytest.mark.parametrize(("attempt", "code"), AT_THE_DESK, ids=_names(AT_THE_DESK))
def test_at_the_signature(desk, attempt, code):
    """The unit stays submitted, and the record keeps that it was tried and why it was denied."""
    desk.until("SUBMITTED")
    with pytest.raises(Refusal) as refused:
        attempt(desk)

    assert (refused.value.code, refused.value.status) == (code, 403), refused.value
    assert desk.yard.view().state == "SUBMITTED"
    assert desk.last("release.refuse")["body"]["reason"] == code
    assert desk.kinds().count("release.refuse") == 1


@pytest.mark.parametrize(("attempt", "code"), ELSEWHERE, ids=_names(ELSEWHERE))
def test_by_a_detour(desk, attempt, code):
    """Refused by the act itself, whoever calls it; nobody signs for himself in two steps either."""
    desk.until("SUBMITTED")
    with pytest.raises(Refusal) as refused:
        attempt(desk)

    assert refused.value.code == code
    assert not [kind for kind in desk.kinds() if kind in {"release.supersede", "release.lift_review"}]


def _given(desk, **more):
    return {"factor": PASSWORD, "digest": desk.digest(), "key": "k", "expected": "SUBMITTED", **more}


@pytest.mark.parametrize("door", ["page", "json", "command"])
def test_by_every_door(desk, web, run, door):
    """The same person by page, JSON and command."""
    desk.until("SUBMITTED")
    desk.both_hands()
    browser = site.browser(web, "technician")
    if door == "page":
        answer = browser.post(f"/cases/{desk.case}/release", data=_given(desk)).status_code
    elif door == "json":
        body = {"factor": PASSWORD, "digest": desk.digest()}
        address = f"/api/v1/cases/{desk.case}/release"
        answer = browser.post(address, json=body, headers={"Idempotency-Key": "k"}).status_code
    else:
        code = desk.yard.row(desk.yard.unit).code
        answer = run("release", code, "--login", "technician", "--yes").exit_code

    assert answer == (2 if door == "command" else 403)
    assert desk.last("release.refuse")["body"]["reason"] == "own-work"
    assert desk.yard.view().state == "SUBMITTED"


def test_in_somebody_elses_session(desk, web):
    """At the certifier's open desk with one's own password, and at one's own with his: neither is a signature."""
    desk.until("SUBMITTED")
    desk.both_hands()
    address = f"/cases/{desk.case}/release"
    at_his = site.browser(web, "certifying_staff").post(
        address, data=_given(desk, factor="words of the technician")
    )
    at_mine = site.browser(web, "technician").post(address, data=_given(desk, key="l"))

    assert at_his.status_code in {403, 422}
    assert at_mine.status_code == 403
    assert desk.yard.view().state == "SUBMITTED"


def test_looking_at_a_part_bars_nobody(desk):
    """Control: who raised a nonconformity looked, so it is the open nonconformity that stops him and not his work."""
    desk.until("SUBMITTED")
    with pytest.raises(Refusal) as refused:
        attempts.sub_part_first(desk)

    assert refused.value.code == "guard-failed"


def test_a_sub_part_with_a_certificate_of_its_own(desk):
    """He worked on a part of a part that had its own case and release, and signs for the whole: his work too."""
    hands, other = attempts.hands_on_another(desk)
    attempts.built_around(desk, other, place="crankshaft")
    with pytest.raises(Refusal) as refused:
        attempts.signs(desk, hands)

    assert (refused.value.code, refused.value.details["acts"]) == ("own-work", ["parts.read_counter"])
    assert desk.last("release.refuse")["body"]["reason"] == "own-work"
    assert "own-work" in desk.ask(_bars, hands, desk.now())


def _bars(connection, case, who, now):
    """What the desk says stands against his signature, before he tries."""
    return queries.bars(connection, who, case, now=now)


def test_work_on_what_is_no_part_of_the_unit_bars_nobody(desk):
    """Control: the same person signs where what he worked on was released and never came into this unit."""
    hands, other = attempts.hands_on_another(desk)
    attempts.built_around(desk, other, place=None)

    assert attempts.signs(desk, hands).body.issue.record.number == "RC-000002"


def test_the_right_person_signs(desk):
    """Control: whoever did no work and is authorised signs at once."""
    desk.until("SUBMITTED")

    assert attempts.signs(desk, desk.certifier).body.issue.record.number == "RC-000001"


def test_there_are_thirty(engine):
    """So many ways are tried here, doors and sessions among them."""
    assert engine
    assert len(AT_THE_DESK) + len(ELSEWHERE) + 3 + 3 >= 30
