"""How a certificate and an accreditation ran, as spans of days that a verdict reads (I42, I43, I46).

What is suspended in part is a span of its own beside the good one, naming its models; the last day of validity is
included, so that the day after it begins the span that says expired.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from remanu.rules import accreditation, certification
from remanu.rules.attested import ModelScope, Span

_DAY = timedelta(days=1)


def certificate_spans(
    happened: Sequence[certification.Happened], unit: certification.Unit | None = None
) -> tuple[Span, ...]:
    """The states of a certificate, day by day; `retroactive` where a step names the unit."""
    days = sorted({one.on for one in happened})
    told: list[tuple[date, tuple[Span, ...]]] = []
    for day in days:
        now = certification.standing(one for one in happened if one.on <= day)
        if now.valid is not None:
            told.append((max(day, now.valid[0]), _certified(max(day, now.valid[0]), now, unit)))
    ended = certification.standing(happened)
    if ended.valid is not None and ended.state in certification.HELD:
        after = ended.valid[1] + _DAY
        told.append((after, (Span(state="expired", since=after),)))
    return _closed(told)


def _certified(
    since: date, now: certification.Standing, unit: certification.Unit | None
) -> tuple[Span, ...]:
    named = unit is not None and now.retro is not None and now.retro.names(unit)
    if not now.part:
        return (Span(state=now.state.lower(), since=since, retroactive=named),)
    models = tuple(sorted({line.model for line in now.paused}))
    return (
        Span(state="certified", since=since),
        Span(state="suspended", since=since, models=models, retroactive=named),
    )


def model_scopes(happened: Sequence[certification.Happened]) -> tuple[ModelScope, ...]:
    """Since when and until when each model was in the scope, whether or not it was suspended meanwhile."""
    running: dict[str, date] = {}
    found: list[ModelScope] = []
    now = certification.Standing()
    for one in happened:
        now = certification.after(now, one)
        models = {line.model for line in now.lines}
        gone = [model for model in running if model not in models]
        found += [ModelScope(model=model, since=running.pop(model), until=one.on) for model in gone]
        first = max(one.on, now.valid[0]) if now.valid else one.on
        for model in sorted(models):
            running.setdefault(model, first)
    return (*found, *(ModelScope(model=model, since=since) for model, since in running.items()))


def accreditation_spans(decided: Sequence[accreditation.Decided], area: accreditation.Area) -> tuple[Span, ...]:
    """The states of one row of an accreditation's scope, day by day."""
    told: list[tuple[date, tuple[Span, ...]]] = []
    for day in sorted({one.on for one in decided}):
        now = accreditation.standing(one for one in decided if one.on <= day)
        if now.valid is not None:
            since = max(day, now.valid[0])
            told.append((since, (Span(state=_accredited(now, area), since=since),)))
    ended = accreditation.standing(decided)
    if ended.valid is not None and ended.state in accreditation.HELD:
        after = ended.valid[1] + _DAY
        told.append((after, (Span(state="expired", since=after),)))
    return _closed(told)


def _accredited(now: accreditation.Standing, area: accreditation.Area) -> str:
    if area in now.live:
        return "granted"
    if now.state not in accreditation.HELD:
        return now.state.lower()
    return "suspended" if area in now.paused else "withdrawn"


def _closed(told: list[tuple[date, tuple[Span, ...]]]) -> tuple[Span, ...]:
    """Each group of spans until the next begins; what says the same as before goes on."""
    found: list[Span] = []
    for at, (since, group) in enumerate(told):
        until = told[at + 1][0] if at + 1 < len(told) else None
        if until is not None and until <= since:
            continue
        found += [
            Span(state=one.state, since=since, until=until, models=one.models, retroactive=one.retroactive)
            for one in group
        ]
    return tuple(found)
