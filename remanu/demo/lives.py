"""What a demonstration tells of limited lives: installations from papers, counters by rating, hours of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from remanu.demo.hand import Hand
from remanu.demo.story import Story
from remanu.parts import actions as parts
from remanu.parts.actions.lives import Counted, Shown
from remanu.parts.queries import Row
from remanu.rules import counters

Ends = Mapping[str, Sequence[str]]
"""By rating: what a counter showed when an installation began and ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One earlier installation as its papers tell it, in one counter."""

    host: str
    operator: str
    since: date
    until: date
    part: Ends
    unit: Ends


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Where a life-limited part was before, oldest first; the counter that limits it."""

    counter: str
    part_number: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lives:
    """By component the history of a life-limited part; by place the counters that a component has of its own."""

    histories: Mapping[str, History] = field(default_factory=dict)
    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def load(histories: Mapping[str, Mapping[str, object]], own: Mapping[str, Mapping[str, str]]) -> Lives:
    """The lives of a story's file."""
    return Lives(histories={code: _history(dict(one)) for code, one in histories.items()}, own=own)


def _history(values: dict[str, object]) -> History:
    rows = values.pop("spans")
    spans = tuple(Span(**one) for one in rows) if isinstance(rows, list) else ()
    return History(spans=spans, **{name: str(value) for name, value in values.items()})


def tell(hand: Hand, lives: Lives) -> None:
    """Enter what the papers and the parts themselves show, on every component that the story tells of."""
    for route in hand.routes():
        if route.component in lives.histories:
            _trace(hand, route, lives.histories[route.component])
        for counter, value in lives.own.get(route.position, {}).items():
            _read(hand, route, counter, value)


def _read(hand: Hand, route: Row, counter: str, value: str) -> None:
    given = {"counter": counter, "value": value, "origin": "instrument"}
    hand.act(parts.read_counter, "parts.read_counter", route.item_id, **given)


def _trace(hand: Hand, route: Row, history: History) -> None:
    for span in history.spans:
        hand.act(
            parts.trace_installation,
            "parts.trace_installation",
            route.item_id,
            host=span.host,
            operator=span.operator,
            since=span.since,
            until=span.until,
            counted=tuple(_counted(history.counter, span)),
            evidence=(hand.picture("log card of a life-limited part"),),
        )
    if history.spans:
        _split(hand, route, history.counter, history.spans[-1].part)


def _counted(counter: str, span: Span) -> Iterator[Counted]:
    for whose, ends in (("item", span.part), ("host", span.unit)):
        for rating, (start, end) in ends.items():
            yield Counted(whose=whose, counter=counter, rating=rating, start=start, end=end)


def _split(hand: Hand, route: Row, counter: str, last: Ends) -> None:
    """What the part's own log card shows now: every rating of the counter, and their sum."""
    known = hand.story.family.counter(counter)
    ratings = () if known is None else known.ratings
    shown = {one.code: last[one.code][1] if one.code in last else "0" for one in ratings}
    total = sum((Fraction(value) for value in shown.values()), Fraction(0))
    hand.act(
        parts.read_split,
        "parts.read_split",
        route.item_id,
        counter=counter,
        total=counters.plain(total),
        splits=tuple(Shown(rating=code, value=value) for code, value in shown.items()),
        origin="instrument",
    )


def number_of(story: Story, component: str) -> str:
    """The part number of a component: the story's own, or one that follows from the unit's."""
    told = story.lives.get(component, {}).get("part_number")
    return str(told) if told else f"{story.part_number}-{component}".upper()[:40]


def run_on(hand: Hand) -> None:
    """Some months later the owner tells what the counters show."""
    if not hand.story.later:
        return
    hand.wait(days=75)
    for code, value in hand.story.later.items():
        counter, _, rating = code.partition("/")
        hand.on_item(parts.read_counter, counter=counter, rating=rating, value=value, origin="owner")
