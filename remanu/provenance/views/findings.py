"""What a reader must know first: the worst finding is the band of the page, the others stand below it (T-R19)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from babel import dates

from remanu.provenance.queries import Known, Label
from remanu.provenance.views.words import DOUBTS, FINDINGS, RELEASED
from remanu.rules.identity import PAPER
from remanu.web import times
from remanu.web.locale import conventions, current, gettext
from remanu.web.signs import Kind
from remanu.web.words import N_, REASONS

NOT_ISSUED = "?"
"""Stands for every label code that was never issued for the part."""
_INACTIVE = frozenset({"reserved", "printed", "applied"})
_UNSAID = N_("no reason is recorded")
_ENDED = {"superseded", "lost", "revoked", "destroyed"}
_SEVERITY: dict[Kind, int] = {"invalid": 0, "attention": 1, "unknown": 2, "process": 3, "verified": 4}


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding in the reader's language."""

    code: str
    kind: Kind
    word: str
    sentence: str
    reason: str = ""


def label_key(known: Known, code: str | None) -> str:
    """The label that a page is about: a code of this part, `?` for any other, empty where none was named.

    The address on a paper names none either, and stays what it is.
    """
    if code is None or code == PAPER:
        return code or ""
    return code if known.story.label(code) is not None else NOT_ISSUED


def findings(known: Known, label: str) -> list[Shown]:
    """All findings, the worst first; there is always one."""
    codes = [*_record(known), *_label(known, label), *_outside(known), _state(known)]
    order = list(FINDINGS)
    codes.sort(key=lambda code: (_SEVERITY[FINDINGS[code].kind], order.index(code)))
    return [_shown(known, code, known.story.label(label)) for code in codes]


def _record(known: Known) -> Iterator[str]:
    if not known.verdict.whole:
        yield "unverified"


def _label(known: Known, key: str) -> Iterator[str]:
    label = known.story.label(key)
    if key == NOT_ISSUED:
        yield "label-not-issued"
    elif label is not None and label.state in _ENDED:
        yield f"label-{label.state}"
    elif label is not None and label.state in _INACTIVE:
        yield "label-inactive"
    elif label is not None and label.kind == "label" and label.life < known.story.item.life:
        yield "label-former-life"


def _outside(known: Known) -> Iterator[str]:
    """What the records of others say of the part, or of a part in it."""
    if known.found.outside is not None:
        yield "outside-doubt"
    elif any(one.state in DOUBTS for one in known.story.origins):
        yield "origin-doubt"


def _state(known: Known) -> str:
    """What the record says now; what it does not say is unknown, never green."""
    state = known.found.state or "unknown"
    if state == "released" and known.story.in_force is None:
        return "unknown"
    if state == "in-process" and known.story.fitted:
        return "fitted"
    return state if state in FINDINGS else "unknown"


def _shown(known: Known, code: str, label: Label | None) -> Shown:
    finding = FINDINGS[code]
    sentence = finding.sentence
    if code == "released" and known.story.in_force is not None:
        sentence = RELEASED.get(known.story.in_force.claim_class, sentence)
    reason = _reason(known, code)
    values = {
        "who": organisation(known),
        "day": _day(known, code, label),
        "other": _other(known, code, label),
        "why": gettext(DOUBTS.get(reason) or REASONS.get(reason, _UNSAID)),
    }
    return Shown(code, finding.kind, gettext(finding.word), gettext(sentence) % values, reason)


def _reason(known: Known, code: str) -> str:
    """Why a release is doubted, or what was corrected, as a reason word of the record; else what another one says."""
    if code == "outside-doubt" and known.found.outside is not None:
        return known.found.outside[0]
    if code == "origin-doubt":
        return next(one.state for one in known.story.origins if one.state in DOUBTS)
    if code == "under-review" and known.story.in_force is not None:
        return known.story.in_force.review_reason
    if code == "superseded":
        return next((one.reason for one in known.story.certificates if one.state == "SUPERSEDED"), "")
    return ""


def _other(known: Known, code: str, label: Label | None) -> str:
    if code == "superseded" and known.story.in_force is not None:
        return known.story.in_force.number
    return label.replaced_by if label is not None and label.replaced_by else "?"


def _day(known: Known, code: str, label: Label | None) -> str:
    zone = known.found.zone
    if code.startswith("label-") and label is not None:
        return times.day(label.at, zone)
    if code == "released" and known.story.in_force is not None:
        return times.day(known.story.in_force.issued_at, zone)
    if code == "outside-doubt" and known.found.outside is not None:
        return times.day(known.found.outside[1], zone)
    if code == "fitted":
        return times.day(known.story.fitted, zone)
    return times.day(known.found.since, zone) if known.found.since is not None else "?"


def organisation(known: Known) -> str:
    """The organisation whose record this is, as the reader's language writes it."""
    english, simplified, traditional = known.found.names
    chosen = {"en": english, "zh-Hans": simplified, "zh-Hant": traditional}[current()]
    return chosen or english or gettext("an organisation without a name")


def minute(moment: datetime, zone: str) -> str:
    """The minute at which something was computed, with the offset of the site's zone."""
    return dates.format_datetime(
        moment, "HH:mm ('UTC'xxx)", tzinfo=times.zone(zone), locale=conventions("en")
    )
