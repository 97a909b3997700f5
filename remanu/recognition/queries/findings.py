"""Whether a unit fulfils what a jurisdiction or an agreement may ask beside the certificate, by dated rows.

What the record cannot know stays without a finding, which the rule reads as unknown (I48).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, cast

import sqlalchemy as sa

from remanu.families import market
from remanu.families.family import Family
from remanu.recognition.queries.units import Held
from remanu.release.queries import judged
from remanu.rules import market as rules
from remanu.rules.attested import Finding, FindingState
from remanu.rules.classes import ClaimClass

Row = sa.Row[Any]
DUAL = "dual_statement"
OF_MARKET = frozenset({"label", "language", "warranty", "importer", "notification"})
"""What is asked of what is placed on the market, and so of a part as of the unit that it sits in."""
ANYTHING_FOR = frozenset({"importer", "notification"})
"""Of these the record says something only where somebody recorded evidence."""


def findings(
    unit: Held, pack: Family, *, there: str, on: date, wanted: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """What is known of a unit for a market and the day on which it is placed there.

    `wanted` are national differences that agreements ask there: what nobody recorded is not there (§5.4 no. 9).
    """
    return (
        *_label(unit, there, on),
        *_warranty(unit, pack, there=there, on=on),
        *_substance(unit, there, on),
        *evidence(
            unit.papers,
            str(unit.row.code),
            own=f"urn:uuid:{unit.row.certificate_id}",
            there=there,
            on=on,
            wanted=wanted,
            worked=str(unit.row.org_id),
        ),
    )


def _label(unit: Held, there: str, on: date) -> Iterator[Finding]:
    word = cast("ClaimClass", unit.row.claim_class)
    said = rules.label_words(
        unit.printed.words, market.label_words(), claim_class=word, jurisdiction=there, on=on
    )
    wanted = "" if said.row is None else said.row.word
    yield Finding("label", said.state, _row("label-words", said.row), wanted)
    spoken = rules.language(unit.printed.languages, market.languages(), jurisdiction=there, on=on)
    asked = "" if spoken.row is None else ", ".join(spoken.row.languages)
    yield Finding("language", spoken.state, _row("languages", spoken.row), asked)


def _row(kind: str, row: rules.LabelWord | rules.Languages | rules.LeastWarranty | None) -> str:
    return "" if row is None else f"{kind}:{row.jurisdiction}:{row.applies_from.isoformat()}"


def _warranty(unit: Held, pack: Family, *, there: str, on: date) -> Iterator[Finding]:
    word, new_days = cast("ClaimClass", unit.row.claim_class), pack.claims.new_warranty_days
    said = rules.warranty(
        unit.row.warranty_days,
        market.warranties(),
        new_days=new_days,
        claim_class=word,
        jurisdiction=there,
        on=on,
    )
    least = "" if said.row is None else str(said.row.least(new_days))
    yield Finding("warranty", said.state, _row("warranty", said.row), least)


def _substance(unit: Held, there: str, on: date) -> Iterator[Finding]:
    hazards = unit.record.get("hazards")
    if hazards is None:
        return
    said = judged(hazards, family=unit.row.family, jurisdiction=there, on=on)
    rows = ", ".join(f"substances:{one.regime.id}" for one in said.regimes)
    told = (*(one.substance for one in said.above), *(said.undeclared if not said.above else ()))
    yield Finding("substance", said.state, rows, ", ".join(dict.fromkeys(told)))


def evidence(
    papers: Iterable[Row],
    about: str,
    *,
    own: str,
    there: str,
    on: date,
    wanted: Iterable[str] = (),
    worked: str = "",
) -> Iterator[Finding]:
    """What two people saw on paper for this side; a dual statement that nobody saw does not stand on the release.

    What the organisation that `worked` on the unit recorded of it in its own favour is unknown: nobody else looked.
    """
    seen: dict[str, Finding] = {}
    for one in papers:
        if (one.about, one.country) == (about, there):
            kind = one.scheme if one.scheme in {DUAL, *ANYTHING_FOR} else f"difference:{one.scheme}"
            found = _found(one, kind, on=on, worked=worked)
            if kind not in seen or _RANK[found.state] > _RANK[seen[kind].state]:
                seen[kind] = found
    for kind in (DUAL, *wanted):
        seen.setdefault(kind, Finding(kind, "unmet", own))
    yield from (seen[kind] for kind in sorted(seen))


OWN_RECORD = "own-record"
_RANK: Mapping[FindingState, int] = {"unmet": 0, "unknown": 1, "met": 2}


def _found(one: Row, kind: str, *, on: date, worked: str) -> Finding:
    state, row = _state(one, on), f"urn:uuid:{one.id}"
    if state == "met" and one.org_id == worked:
        return Finding(kind, "unknown", row, OWN_RECORD)
    return Finding(kind, state, row)


def _state(one: Row, on: date) -> FindingState:
    since, until = date.fromisoformat(one.valid_from), one.valid_to
    ended = until is not None and on > date.fromisoformat(until)
    return "met" if one.says == "valid" and since <= on and not ended else "unmet"
