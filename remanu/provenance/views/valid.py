"""Where a part's release is recognised, as far as its own page says it: the sentence that was computed last, dated.

The page computes nothing. What was computed before something that the page itself says is not shown as if it still
held, and what was never computed is not known (I48).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from remanu.provenance.queries import Known
from remanu.provenance.views.certified import Certified
from remanu.recognition import queries as recognition
from remanu.recognition.queries import Kept
from remanu.recognition.schemas import said
from remanu.recognition.schemas.about import side
from remanu.rules.verdicts import GREEN
from remanu.web.locale import current, gettext
from remanu.web.words import N_

_NEVER = N_("Whether it is recognised in %(place)s was not computed yet.")
_OTHER = N_("What was computed on %(time)s for %(place)s does not speak of the release as it stands now.")
_NO_RELEASE = N_("No release is recorded for this part, so that there is nothing to recognise.")


@dataclass(frozen=True, slots=True)
class Valid:
    """The answer for one jurisdiction: its code, sign and word, one sentence; `places` are those to choose from."""

    there: str
    kind: str
    word: str
    sentence: str
    places: list[tuple[str, str]]


def valid(known: Known, certified: Iterable[Certified]) -> Valid:
    """The kept verdict where a reader of this language may ask, guessed from the language and from nothing else."""
    there = recognition.guessed(current())
    kept = recognition.read_kept(known.found.recognised).get(there)
    places = [(one, side(one)) for one in recognition.jurisdictions()]
    return Valid(there, *_said(known, kept, certified, there), places)


def kept_of(known: Known, certified: Iterable[Certified]) -> list[dict[str, object]]:
    """Every kept verdict for the JSON document: where, the word, its day and when it was computed; UNKNOWN as above."""
    named = list(certified)
    return [
        {
            "jurisdiction": there,
            "word": one.verdict.word if _holds(known, one, named) else "UNKNOWN",
            "as_of": one.verdict.as_of.isoformat(),
            "computed_at": one.at.isoformat(),
        }
        for there, one in sorted(recognition.read_kept(known.found.recognised).items())
    ]


def _said(
    known: Known, kept: Kept | None, certified: Iterable[Certified], there: str
) -> tuple[str, str, str]:
    unknown, place, zone = said.sign("UNKNOWN"), side(there), known.found.zone
    if known.story.in_force is None:
        return *unknown, gettext(_NO_RELEASE)
    if kept is None:
        return *unknown, gettext(_NEVER) % {"place": place}
    time = said.moment(kept.at, zone)
    if not _holds(known, kept, certified):
        return *unknown, gettext(_OTHER) % {"time": time, "place": place}
    return *said.sign(kept.verdict.word), said.sentence(kept.verdict, kept.names, time)


def _holds(known: Known, kept: Kept, certified: Iterable[Certified]) -> bool:
    """Whether it still may be said: of this release, and nothing in favour that the page itself speaks against."""
    held = known.story.in_force
    if held is None or held.id != kept.certificate:
        return False
    doubted = held.state != "ISSUED" or bool(held.doubts) or known.found.outside is not None
    against = doubted or not known.verdict.whole or any(one.claim == "named" for one in certified)
    return not (against and kept.verdict.word in _IN_FAVOUR)


_IN_FAVOUR = GREEN | {"CONDITIONAL", "EVIDENCE_ACCEPTED"}
