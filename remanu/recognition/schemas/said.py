"""A verdict in words: one sentence, the chain with its dates, conditions, what limits it, what it does not cover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from remanu.certification.schemas.about import family_word
from remanu.recognition import queries
from remanu.recognition.queries import Answer, Named
from remanu.recognition.schemas import rows, words
from remanu.recognition.schemas.about import line_said, side
from remanu.rules.agreements import within
from remanu.rules.verdicts import Failure, Link, Outcome, Verdict
from remanu.web import times
from remanu.web.locale import NAMES as LANGUAGES
from remanu.web.locale import current, gettext, ngettext
from remanu.web.words import CLASSES

_STATES = 2
"""The step that reads how release and certificate stand, and says of which of them it speaks."""


@dataclass(frozen=True, slots=True)
class Step:
    """A link of the chain: its sign, what it is, how it is called, its page, its dates, and why it does not hold."""

    kind: str
    what: str
    name: str
    code: str
    address: str
    dates: str
    why: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition: its sign, what is asked, and what is known of it."""

    kind: str
    what: str
    detail: str
    met: bool


def sign(word: str) -> tuple[str, str]:
    """Sign and word of a verdict in the reader's language."""
    kind, said = words.VERDICTS[word]
    return kind, gettext(said)


def sentence(verdict: Verdict, names: Mapping[str, Named], time: str) -> str:
    """The one line that a buyer reads first; `time` says in words when it was computed."""
    met = sum(one.state == "met" for one in verdict.conditions)
    agreement = names.get(verdict.agreement or "")
    said = {
        "place": side(verdict.jurisdiction),
        "agreement": "" if agreement is None else agreement.code,
        "level": (verdict.level or "").removeprefix("L"),
        "met": ngettext("%(num)s condition met", "%(num)s conditions met", met) % {"num": met},
        "open": gettext("; ").join(
            dict.fromkeys(condition(one) for one in verdict.conditions if one.state != "met")
        ),
        "why": reason(verdict.failures[0], names) if verdict.failures else _open(verdict),
        "time": time,
    }
    return gettext(words.SENTENCES[verdict.word]) % said


def _open(verdict: Verdict) -> str:
    unknown = [condition(one) for one in verdict.conditions if one.state == "unknown"]
    return gettext(words.NOT_SHOWN) % {"list": gettext("; ").join(unknown)}


def minute(at: datetime, zone: str) -> str:
    """A moment of the day that is asked about."""
    return at.astimezone(times.zone(zone)).strftime("%H:%M")


def moment(at: datetime, zone: str) -> str:
    """A moment of another day: what is kept was computed then."""
    return f"{times.day(at, zone)} {minute(at, zone)}"


def reason(one: Failure, names: Mapping[str, Named]) -> str:
    """Why a step does not hold, in a sentence."""
    said = words.REASON_WORDS.get(f"{one.reason}:{one.what}") or words.REASON_WORDS.get(one.reason)
    if said is None:
        return gettext(words.OTHER_REASON) % {"code": f"{one.reason} {one.what}".strip()}
    return gettext(said) % {"what": _what(one, names)}


def _what(one: Failure, names: Mapping[str, Named]) -> str:
    if one.reason == "component":
        part = names.get(one.row)
        return one.row if part is None else " ".join(filter(None, (part.text(current()), part.code)))
    if one.reason in {"category", "scope"}:
        return family_word(one.what)
    if one.reason == "accreditor":
        known = names.get(one.what)
        return one.what if known is None else known.text(current())
    return gettext(CLASSES[one.what]) if one.what in CLASSES else one.what


def condition(one: Outcome) -> str:
    """What a condition asks."""
    if one.kind.startswith("difference:"):
        return gettext(words.DIFFERENCE) % {"code": one.kind.partition(":")[2]}
    return gettext(words.CONDITION_WORDS.get(one.kind, one.kind))


def conditions(answer: Answer) -> list[Asked]:
    """Every condition, what is open first, each with the row that says how it stands."""
    order = {"unmet": 0, "unknown": 1, "met": 2}
    return [
        _asked(one, answer.names)
        for one in sorted(answer.verdict.conditions, key=lambda each: order[each.state])
    ]


def _asked(one: Outcome, names: Mapping[str, Named]) -> Asked:
    kind, state = words.STATE_SIGNS[one.state]
    behind = (
        [] if one.kind == "component" else [rows.line(each, names) for each in one.row.split(", ") if each]
    )
    detail = " · ".join(filter(None, (gettext(state), _detail(one), *behind)))
    return Asked(kind, condition(one), detail, one.state == "met")


def _detail(one: Outcome) -> str:
    if not one.detail or one.kind == "component":
        return ""
    if one.detail == queries.OWN_RECORD:
        return gettext(words.OWN_RECORD)
    what = one.detail
    if one.kind == "language":
        known = {str(code): name for code, name in LANGUAGES.items()}
        what = gettext(", ").join(known.get(each, each) for each in one.detail.split(", "))
    return gettext(words.DETAILS.get(one.kind, words.PLAIN)) % {"what": what}


def chain(answer: Answer) -> list[Step]:
    """From the release to the jurisdiction, each link with its dates; one that broke says why."""
    return [_step(answer, one) for one in answer.verdict.chain]


def _step(answer: Answer, link: Link) -> Step:
    failure = None if link.held else _broke(link, answer.verdict)
    kind = "verified" if failure is None else words.VERDICTS[failure.word][0]
    what, why = gettext(words.LINKS[link.what]), "" if failure is None else reason(failure, answer.names)
    if link.what == "jurisdiction":
        checked = gettext(words.ASKED_FOR) % {"day": times.day(answer.verdict.as_of)}
        return Step(kind, what, side(link.row), "", "", checked, why)
    named = answer.names.get(queries.RELEASE if link.what == "release" else link.row)
    dates = _dates(link.since, link.until, words.STATE_DATES.get(link.state, words.SINCE))
    if named is None:
        return Step(kind, what, link.row or gettext(words.NONE_RECORDED), "", "", dates, why)
    name = named.text(current())
    return Step(kind, what, name, named.code, named.address, dates, why, rows.tongue(name))


def _broke(link: Link, verdict: Verdict) -> Failure | None:
    """The failure that broke a link: of its reason, and about it where the reason alone does not say so."""
    wanted = "state" if link.state == "missing" else link.state
    return next(
        (
            one
            for one in verdict.failures
            if one.reason == wanted and (one.step != _STATES or one.what in {"", link.what})
        ),
        None,
    )


def _dates(since: date | None, until: date | None, open_ended: str) -> str:
    if since is None:
        return gettext(words.NO_DATE)
    if until is None:
        return gettext(open_ended) % {"day": times.day(since)}
    return gettext(words.FROM_TO) % {"since": times.day(since), "until": times.day(until)}


def parts(answer: Answer) -> list[tuple[str, str, str]]:
    """The parts that limit the unit: kind of sign, name, page."""
    limits = [(one.row, "invalid") for one in answer.verdict.failures if one.reason == "component"]
    limits += [(one.row, "attention") for one in answer.verdict.conditions if one.kind == "component"]
    found = []
    for uri, kind in dict.fromkeys(limits):
        named = answer.names.get(uri)
        name = uri if named is None else " ".join(filter(None, (named.text(current()), named.code)))
        found.append((kind, name, "" if named is None else named.address))
    return found


def not_covered(answer: Answer, agreement: queries.Row | None) -> Iterator[str]:
    """What the verdict does not say, though a reader may think so."""
    yield gettext(words.NOT_THE_THING)
    yield gettext(words.NOT_PASSED_ON)
    if agreement is None:
        return
    lines = [one for one in queries.lines_of(agreement) if within(answer.unit.row.family, one.categories)]
    for one in map(line_said, lines):
        if one["excluded"]:
            yield gettext(words.NOT_THESE_WORDS) % {"list": gettext("; ").join(one["excluded"])}
        only = words.ONLY_THESE_PRODUCTS if one["every_class"] else words.ONLY_THESE
        yield gettext(only) % {
            "classes": gettext(", ").join(one["classes"]),
            "categories": gettext(", ").join(one["categories"]),
        }


def notes(verdict: Verdict) -> list[str]:
    """What is amber though the word stands."""
    return [gettext(words.NOTES[one]) for one in verdict.notes]


def told(answer: Answer, checked: datetime, zone: str) -> dict[str, object]:
    """The verdict as JSON: every datum of the page."""
    verdict = answer.verdict
    return {
        "word": verdict.word,
        "sentence": sentence(verdict, answer.names, minute(checked, zone)),
        "jurisdiction": verdict.jurisdiction,
        "as_of": verdict.as_of.isoformat(),
        "checked_at": checked.isoformat(),
        "reason": verdict.reason,
        "what": verdict.what,
        "agreement": verdict.agreement,
        "level": verdict.level,
        "missing": list(verdict.missing),
        "chain": [
            {
                "what": one.what,
                "row": one.row,
                "since": None if one.since is None else one.since.isoformat(),
                "until": None if one.until is None else one.until.isoformat(),
                "held": one.held,
                "state": one.state,
            }
            for one in verdict.chain
        ],
        "conditions": [
            {"kind": one.kind, "state": one.state, "row": one.row, "detail": one.detail}
            for one in verdict.conditions
        ],
        "failures": [
            {"step": one.step, "word": one.word, "reason": one.reason, "row": one.row, "what": one.what}
            for one in verdict.failures
        ],
        "notes": list(verdict.notes),
        "used": [{"row": one.uri, "digest": one.digest} for one in verdict.used],
        "inputs": verdict.inputs,
    }
