"""Two people at once: one act wins, the other learns that he was slower, and nothing happens twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from remanu.errors import Conflict, NotAllowed, Refusal
from remanu.release import actions, queries
from tests.release.desk import DECLARED


def _at_once(*acts):
    def run(act):
        try:
            return act()
        except Refusal as problem:
            return problem

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_signatures_release_once(desk):
    """One certificate is issued, one life opened; the other signature is refused."""
    desk.until("SUBMITTED")
    second = desk.place.member("second", "certifying_staff")
    desk.authorise(second, "XA-CS-002")
    people, digest = (desk.certifier, desk.place.actor(second)), desk.digest()
    done = _at_once(
        *(lambda who=who: desk.place.do(actions.release, who, desk.case, digest=digest) for who in people)
    )

    lost = [one for one in done if isinstance(one, Refusal)]
    assert len(lost) == 1
    assert isinstance(lost[0], NotAllowed | Conflict)
    assert desk.kinds().count("release.release") == 1
    assert len(desk.place.ask(queries.certificates, desk.place.org_id, desk.yard.unit)) == 1


def test_two_submissions_draft_once(desk):
    """One dossier, one number."""
    desk.until("TEST_PASSED")
    done = _at_once(*(lambda: desk.act("quality", "submit", **DECLARED) for _ in range(2)))

    assert sum(isinstance(one, Refusal) for one in done) == 1
    assert len(desk.place.ask(queries.issued, desk.place.org_id)) == 1


def test_signing_races_with_sending_back(desk):
    """Either it is released or it goes back; never both."""
    desk.until("SUBMITTED")
    digest = desk.digest()
    done = _at_once(
        lambda: desk.place.do(actions.release, desk.certifier, desk.case, digest=digest),
        lambda: desk.act("certifying_staff", "send_back", findings={"tests": "The curve is missing."}),
    )

    assert sum(isinstance(one, Refusal) for one in done) == 1
    assert desk.yard.view().state in {"RELEASED", "REWORK"}
