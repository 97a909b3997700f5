"""Under which product certifications a unit was released, and what it may say of them today."""

from __future__ import annotations

from typing import NamedTuple

from remanu.certification.queries import Covering, covering, local_day
from remanu.clock import parse_stamp
from remanu.provenance.queries import Known
from remanu.rules.certification import Unit
from remanu.web.words import N_

CLAIMS = {
    "in-force": ("verified", N_("Released under this product certificate, which is in force.")),
    "unbacked": (
        "attention",
        N_("Released under this product certificate. The body behind it is not accredited for it any longer."),
    ),
    "unknown": (
        "unknown",
        N_("Whether this product certificate covers the unit is unknown: it names a site, and the release names none."),
    ),
    "kept": (
        "attention",
        N_("Released under this product certificate. It changed since, and does not name this unit."),
    ),
    "named": ("invalid", N_("This product certificate does not hold for this unit any longer.")),
    "ended": ("attention", N_("Released under this product certificate, which ended since.")),
}


class Certified(NamedTuple):
    """One certification that covers the unit: its entry, number and state, and a sign with a sentence to translate."""

    address: str
    number: str
    state: str
    claim: str
    kind: str
    sentence: str
    lost_on: str = ""


def certified(known: Known) -> list[Certified]:
    """The certifications that cover the release in force (I44); none where there is no release."""
    held, item = known.story.in_force, known.story.item
    if held is None or not known.found.covered:
        return []
    unit = Unit(
        family=item.family,
        model=item.piece.part_number,
        claim_class=held.claim_class,
        released=local_day(parse_stamp(held.issued_at), held.zone),
        serial=item.piece.serial,
        site=held.site,
    )
    today = local_day(known.verdict.at, known.found.zone)
    return [_told(one) for one in covering(known.found.covered, unit, today)]


def _told(one: Covering) -> Certified:
    unbacked = one.claim == "in-force" and one.lost_on is not None
    kind, sentence = CLAIMS["unbacked" if unbacked else one.claim]
    address, lost_on = f"/recognised-products/{one.certification}", one.lost_on
    since = "" if lost_on is None else lost_on.isoformat()
    return Certified(address, one.number, one.state, one.claim, kind, sentence, since)
