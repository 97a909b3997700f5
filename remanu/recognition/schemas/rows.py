"""The rows behind a verdict in words: what each is, whose, and from when it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from remanu.families import market
from remanu.recognition import queries
from remanu.recognition.queries import Answer, Named
from remanu.recognition.schemas import words
from remanu.recognition.schemas.about import side
from remanu.web import times
from remanu.web.locale import current, gettext


@dataclass(frozen=True, slots=True)
class Basis:
    """A row that a verdict rests on: what it is, how it is called, its page, from when it holds, and its digest."""

    what: str
    name: str
    code: str
    address: str
    since: str
    digest: str = ""
    lang: str = ""


def used(answer: Answer) -> list[Basis]:
    """The rows of a verdict; of a large assembly the first of them, all stand in the JSON document."""
    return [_basis(one.uri, answer.names, one.digest) for one in answer.verdict.used[: queries.SHOWN]]


def line(row: str, names: Mapping[str, Named]) -> str:
    """One row as a line of text."""
    one = _basis(row, names, "")
    named = " ".join(filter(None, (one.name, one.code)))
    said = gettext(words.ROW_OF) % {"what": one.what, "name": named} if named else one.what
    return gettext(words.ROW_FROM) % {"row": said, "since": one.since} if one.since else said


def tongue(text: str) -> str:
    """The language to mark a name with that is not in the reader's script; empty where it is."""
    if text.isascii():
        return "" if current() == "en" or not any(map(str.isalpha, text)) else "en"
    return "zh" if current() == "en" and any(_FIRST <= one <= _LAST for one in text) else ""


_FIRST, _LAST = "\u4e00", "\u9fff"


def _basis(row: str, names: Mapping[str, Named], digest: str) -> Basis:
    named = names.get(row)
    if named is not None:
        name, what = named.text(current()), gettext(words.ROWS[named.kind])
        return Basis(what, name, named.code, named.address, _from(named.since), digest, tongue(name))
    kind, _, rest = row.partition(":")
    read = _RULES.get(kind)
    return Basis("", row, "", "", "", digest) if read is None else read(kind, rest, digest)


def _from(day: str) -> str:
    return gettext(words.SINCE) % {"day": times.day(day)} if day else ""


def _rule(kind: str, rest: str, digest: str) -> Basis:
    """A dated rule of the market, by its side and first day."""
    place, _, since = rest.partition(":")
    return Basis(gettext(words.ROWS[kind]), side(place), "", "", _from(since), digest)


def _substances(kind: str, rest: str, digest: str) -> Basis:
    regime = next((one for one in market.regimes() if one.id == rest), None)
    place, since = (
        ("", "") if regime is None else (side(regime.jurisdiction), regime.applies_from.isoformat())
    )
    return Basis(gettext(words.ROWS[kind]), place, rest, "", _from(since), digest)


def _law(kind: str, rest: str, digest: str) -> Basis:
    known = queries.jurisdictions().get(rest)
    since = "" if known is None else known.applies_from.isoformat()
    return Basis(gettext(words.ROWS[kind]), side(rest), "", "", _from(since), digest)


_RULES: Mapping[str, Callable[[str, str, str], Basis]] = {
    "label-words": _rule,
    "languages": _rule,
    "warranty": _rule,
    "substances": _substances,
    "jurisdiction": _law,
}
