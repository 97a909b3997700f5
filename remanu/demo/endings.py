"""Where further units of a demonstration stop: a state of the case, and what is done there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from remanu.demo import bench, desk, doubts
from remanu.demo.tell import Teller
from remanu.intake import actions as intake
from remanu.parts import actions as parts
from remanu.release import actions as release


@dataclass(frozen=True, slots=True)
class Ending:
    """A state at which the story stops, and one more act there."""

    until: str
    then: Callable[[Teller], None] | None = None


def _set_apart(told: Teller) -> None:
    told.on_case(intake.quarantine, reason="ownership_unclear", place="Cage 2")


def _send_home(told: Teller) -> None:
    told.on_case(intake.reject, reason="not_economic")
    told.on_case(intake.return_to_owner, owner_agrees=True, consignment="CN-2026-31", carrier="The owner's driver")


def _stop(told: Teller) -> None:
    told.on_case(parts.hold, why="enquiry")


def _revoke(told: Teller) -> None:
    told.on_case(release.revoke_release, reason=release.REVOKED_BECAUSE[0], holders_notified=True)


ENDINGS: Mapping[str, Ending] = {
    "announced": Ending("ANNOUNCED"),
    "quarantined": Ending("RECEIVED", _set_apart),
    "returned-unprocessed": Ending("GRADED", _send_home),
    "accepted": Ending("ACCEPTED"),
    "in-work": Ending("IN_WORK"),
    "apart": Ending("DISASSEMBLED"),
    "cleaned": Ending("CLEANED"),
    "too-damaged-to-measure": Ending("CLEANED", bench.too_damaged),
    "in-restoration-on-hold": Ending("DISPOSITIONED", _stop),
    "restored": Ending("RESTORED"),
    "rework": Ending("REWORK"),
    "test-passed": Ending("TEST_PASSED"),
    "waits-for-certification": Ending("SUBMITTED"),
    "released": Ending("RELEASED"),
    "revoked": Ending("IN_SERVICE", _revoke),
    "released-by-concession": Ending("INSPECTED", doubts.conceded),
    "under-review": Ending("RESTORED", doubts.recalled),
    "credited-as-damaged": Ending("IDENTIFIED", desk.credited),
    "graded-again-after-an-appeal": Ending("IDENTIFIED", desk.appealed),
}
