"""Several engines of one workshop, each in a state of its own, over the same instruments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from remanu.inspection import actions as inspection
from tests.release.desk import Desk
from tests.restoration.story import Telling

GOOD = {"result": "passed", "certificate": "CAL-0002"}


class Another(Telling):
    """The same story with serial numbers of its own."""

    def act(self, role, verb, target=None, **values):
        """Parts of each engine are told apart by the end of its serial number."""
        if values.get("serial"):
            values["serial"] += self.yard.serial[-2:]
        return super().act(role, verb, target, **values)


def another(desk: Desk, serial: str, state: str, *, release: bool = True) -> Desk:
    """One more engine, brought as far as this; beyond its test it is released unless it waits."""
    yard = replace(desk.yard, serial=serial, case="", unit="")
    new = Desk(yard)
    yard.do(lambda tx: Another(tx, yard).until(state))
    if state == "TEST_PASSED" and release:
        new.submit()
        new.release(replace(desk.certifier, fresh_until=desk.now()))
    return new


def calibrated(desk: Desk, tool: str, day: date, **more) -> None:
    """An instrument is found good on this day, or what else is said."""
    given = {"calibrated_on": day, "due": date(2027, 1, 31), **GOOD, **more}
    desk.place.do(inspection.calibrate, desk.yard.who["inspector"], desk.yard.tools[tool], **given)
