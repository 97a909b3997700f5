"""A denied signature is an event, whichever door it came by: page, API, command (T-R17)."""

from __future__ import annotations

import pytest

from remanu.errors import NotAuthorised, OwnWork
from remanu.release import actions
from tests.accounts.place import PASSWORD
from tests.release import site


def _refusals(desk) -> list[str]:
    return [kind for kind in desk.kinds() if kind == "release.refuse"]


def test_the_page_refuses_and_remembers(desk, web):
    """Whoever worked on the part gets the sentence, and the record keeps that he tried."""
    desk.until("SUBMITTED")
    desk.both_hands()
    technician = site.browser(web, "technician")
    given = {"factor": PASSWORD, "digest": desk.digest(), "key": "k-1", "expected": "SUBMITTED"}
    answer = technician.post(f"/cases/{desk.case}/release", data=given)

    assert answer.status_code == 403
    assert "You worked on this part yourself" in answer.text
    said = desk.last("release.refuse")["body"]
    assert (said["action"], said["reason"]) == ("release", "own-work")
    assert "restoration.operate" in said["acts"]
    assert desk.yard.view().state == "SUBMITTED"


def test_the_api_refuses_and_remembers(desk, web):
    """The same by JSON."""
    desk.until("SUBMITTED")
    desk.both_hands()
    technician = site.browser(web, "technician")
    answer = technician.post(
        f"/api/v1/cases/{desk.case}/release",
        json={"factor": PASSWORD, "digest": desk.digest()},
        headers={"Idempotency-Key": "k-2"},
    )

    assert (answer.status_code, answer.json["code"]) == (403, "own-work")
    assert len(_refusals(desk)) == 1


def _sign(desk, run, login: str):
    return run("release", desk.yard.row(desk.yard.unit).code, "--login", login, "--yes")


def test_the_command_refuses_and_remembers(desk, run):
    """The same by command, although the operator sits at the machine."""
    desk.until("SUBMITTED")
    desk.both_hands()
    done = _sign(desk, run, "technician")

    assert done.exit_code == 2
    assert "You worked on this part yourself" in done.stderr
    assert len(_refusals(desk)) == 1


def test_the_command_signs_for_whoever_may(desk, run, clock):
    """The right person's command releases; its clock is the machine's, so the authorisation is for many years."""
    desk.until("SUBMITTED")
    desk.authorise(desk.certifier.ref, number="XA-CS-002", valid_to=desk.far)
    done = _sign(desk, run, "certifying_staff")

    assert done.exit_code == 0, done.stderr
    assert desk.yard.view().state == "RELEASED"
    assert desk.last("release.release")["source"] == "command"


def test_each_denial_has_its_reason(desk):
    """Own work, no authorisation and halted issuing are kept; what is merely missing is not."""
    desk.until("SUBMITTED")
    stranger = desk.place.actor(desk.place.member("stranger", "certifying_staff"))
    with pytest.raises(NotAuthorised):
        actions.sign(desk.place.database, stranger, desk.case, digest=desk.digest())
    with pytest.raises(OwnWork):
        actions.sign(desk.place.database, desk.both_hands(), desk.case, digest=desk.digest())

    assert len(_refusals(desk)) == 2


def test_a_refusal_changes_nothing(desk):
    """The right person signs afterwards all the same."""
    desk.until("SUBMITTED")
    with pytest.raises(OwnWork):
        actions.sign(desk.place.database, desk.both_hands(), desk.case, digest=desk.digest())
    desk.release()

    assert desk.yard.view().state == "RELEASED"
