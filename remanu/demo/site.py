"""Work in place: the site is accepted at the beginning, the lock-out lifted and the counters read at the end."""

from __future__ import annotations

from remanu.demo.hand import Hand
from remanu.intake import actions as intake
from remanu.intake.events import Reading
from remanu.parts import actions as parts


def accept(teller: Hand) -> None:
    """Permit, lock-out, baseline and counters; nothing changes hands."""
    site = teller.story.site
    teller.on_case(
        intake.accept_site,
        energies=tuple(site["energies"]),
        temperature=site["temperature"],
        humidity=site["humidity"],
        permit="PTW-2026-118",
        site="Grinding hall of the owner",
        locks="L-14, L-15",
        baseline=tuple(Reading(name=name, value=value, unit=unit) for name, (value, unit) in site["baseline"].items()),
        counters={code: intake.Counted(value=value) for code, value in teller.story.counters.items()},
        evidence=(teller.picture("data plate", teller.story.plate), teller.picture("locks in place")),
    )


def end(teller: Hand) -> None:
    """The lock-out is lifted, and the counters are read again."""
    teller.on_case(intake.lift_isolation)
    for code, value in teller.story.site["end"].items():
        teller.on_item(parts.read_counter, counter=code, value=value, origin="host")
