"""The operator halts issuing and lets it go on, for all families or for one."""

from __future__ import annotations

import pytest

from remanu.errors import IssuingHalted
from remanu.release import actions, queries


@pytest.mark.parametrize("family", ["*", "diesel-engine"])
def test_nothing_is_issued_while_it_is_halted(desk, run, family):
    """Neither by page nor by command; the denial is on record, and afterwards it goes on."""
    desk.until("SUBMITTED")
    halted = run("issuing", "halt", "--family", family)
    with pytest.raises(IssuingHalted):
        actions.sign(desk.place.database, desk.certifier, desk.case, digest=desk.digest())
    resumed = run("issuing", "resume", "--family", family, "--json")
    desk.release()

    assert (halted.exit_code, resumed.exit_code) == (0, 0), halted.output
    assert desk.last("release.refuse")["body"]["reason"] == "issuing-halted"
    assert desk.yard.view().state == "RELEASED"


def test_another_family_goes_on(desk, run):
    """What is halted for copiers is open for engines."""
    desk.until("SUBMITTED")
    run("issuing", "halt", "--family", "copier")

    assert desk.place.ask(queries.halts, desk.place.org_id) == {"copier"}
    assert desk.release().body.issue.no == 1
