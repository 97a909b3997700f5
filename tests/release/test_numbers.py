"""Certificate numbers: unique and gapless for each organisation, however many take one at once (I38)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from remanu.ledger import rebuild
from remanu.release import actions, queries
from tests.release.desk import DECLARED, Desk
from tests.restoration import story

WORKERS = 4


class Again(story.Telling):
    """The same story with other serials."""

    def act(self, role: str, verb: str, target: str | None = None, **values):
        """One act of restoration, on parts of this engine's own."""
        if values.get("serial"):
            values["serial"] += self.yard.serial
        return super().act(role, verb, target, **values)


def _another(desk: Desk, n: int) -> Desk:
    """One more engine that passed its test, in the same workshop."""
    yard = story.Yard(desk.place, who=desk.yard.who, tools=desk.yard.tools, serial=f"4D-{n}")
    desk.place.do(lambda tx: Again(tx, yard).until("TEST_PASSED"))
    return Desk(yard)


def test_writers_at_once_leave_no_gap(desk, registry):
    """Each submission gets a number of its own, and none is left out or comes twice."""
    desks = [_another(desk, n) for n in range(WORKERS)]

    def submit(one: Desk):
        return desk.place.do(actions.submit, desk.yard.who["quality"], one.case, **DECLARED).body.no

    with ThreadPoolExecutor(WORKERS) as pool:
        taken = sorted(pool.map(submit, desks))

    assert taken == list(range(1, WORKERS + 1))
    rows = desk.place.ask(queries.issued, desk.place.org_id)
    assert [row.no for row in rows] == list(range(WORKERS, 0, -1))
    assert not rebuild.check(desk.place.database, registry).problems


def test_each_organisation_counts_for_itself(desk, outsider):
    """The other one begins at one."""
    desk.until("SUBMITTED")

    ours, theirs = (
        desk.place.do(lambda tx, org: queries.next_number(tx.connection, org), org)
        for org in (desk.place.org_id, outsider.org_id)
    )
    assert (ours, theirs) == (2, 1)
