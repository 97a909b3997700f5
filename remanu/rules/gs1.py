"""GS1 element strings: read as brackets or as a scanner sends them, checked by the syntax dictionary, written again.

An element is an application identifier (AI) with its value. Source of all rules: gs1/gs1-syntax-dictionary; what of an
element string is valid follows the vectors of gs1/gs1-syntax-engine. A refusal is BadInput of the field `code` with a
reason word, the AI, and where a value is wrong the `rule` that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from remanu.errors import BadInput
from remanu.rules.gs1_dictionary import Component, Dictionary, Entry, matches
from remanu.rules.gs1_lint import character_set, lint

FNC1 = "\x1d"
"""The separator as scanners send it: ASCII group separator."""
_BRACKET = re.compile(r"\(([0-9]{2,4})\)((?:\\\(|[^(])*)", re.ASCII)
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Element:
    """One application identifier with its value."""

    ai: str
    value: str


Elements = tuple[Element, ...]


def refuse(why: str, ai: str, **details: object) -> BadInput:
    """The refusal of an element; `ai` is empty where none was read."""
    return BadInput("code", why, ai=ai, **details)


def read_bracketed(text: str, table: Dictionary, *, unknown: bool = False) -> Elements:
    r"""Elements written for people: (01)09506000134352(21)A1. A bracket inside a value is written \(.

    `unknown` lets identifiers pass that the dictionary does not know but could hold in later years.
    """
    found: list[Element] = []
    at = 0
    while at < len(text) or not found:
        known = _BRACKET.match(text, at)
        if known is None or len(text) > _LONGEST:
            raise refuse("gs1-syntax", "")
        found.append(Element(known[1], known[2].replace(r"\(", "(")))
        at = known.end()
    return _checked(found, table, unknown=unknown)


def read_scanned(text: str, table: Dictionary, *, separator: str = FNC1) -> Elements:
    """Elements as a symbol holds them: one behind the other, a separator first and behind values of open length."""
    if not text.startswith(separator) or len(text) == len(separator) or len(text) > _LONGEST:
        raise refuse("gs1-syntax", "")
    found: list[Element] = []
    left = text[len(separator) :]
    while left:
        entry = table.begins(left)
        if entry is None:
            raise refuse("gs1-unknown-ai", left[:4])
        value, left = _cut(left[len(entry.ai) :], entry, separator)
        found.append(Element(entry.ai, value))
    return _checked(found, table, unknown=False)


def _cut(text: str, entry: Entry, separator: str) -> tuple[str, str]:
    """The value at the beginning of a text, and what comes behind it."""
    value, _, left = text.partition(separator)
    if entry.fixed and len(value) > entry.longest:
        return text[: entry.longest], text[entry.longest :]
    return value, left


def _checked(found: Iterable[Element], table: Dictionary, *, unknown: bool) -> Elements:
    elements = tuple(found)
    for one in elements:
        check_value(one, table, unknown=unknown)
    return elements


def check_value(element: Element, table: Dictionary, *, unknown: bool = False) -> None:
    """Refuse an element whose value is not what its identifier holds."""
    entry = table.entries.get(element.ai)
    if entry is None:
        _check_unknown(element, table, unknown=unknown)
        return
    for component, piece in _pieces(entry, element):
        wrong = character_set(component.type, piece) or _linted(component, piece, table)
        if wrong is not None:
            raise refuse("gs1-check" if "CHECK" in wrong else "gs1-value", element.ai, rule=wrong)


def _check_unknown(element: Element, table: Dictionary, *, unknown: bool) -> None:
    if not unknown or not table.could_be(element.ai):
        raise refuse("gs1-unknown-ai", element.ai)
    wrong = character_set("X", element.value) if element.value else "EMPTY"
    if wrong is not None:
        raise refuse("gs1-value", element.ai, rule=wrong)


def _linted(component: Component, piece: str, table: Dictionary) -> str | None:
    found = (lint(name, piece, table.codes) for name in component.linters)
    return next((one for one in found if one is not None), None)


def _pieces(entry: Entry, element: Element) -> list[tuple[Component, str]]:
    """The value cut into its components; what is too short or too long is refused."""
    pieces, left = [], element.value
    for component in entry.components:
        piece, left = left[: component.longest], left[component.longest :]
        if not piece and component.optional:
            break
        if len(piece) < component.shortest:
            raise refuse("gs1-too-short", entry.ai)
        pieces.append((component, piece))
    if left:
        raise refuse("gs1-too-long", entry.ai)
    return pieces


def written(elements: Sequence[Element], table: Dictionary, *, separator: str = FNC1) -> str:
    """The elements as a symbol holds them, in the order given."""
    text, open_ended = "", True
    for one in elements:
        text += (separator if open_ended else "") + one.ai + one.value
        entry = table.entries.get(one.ai)
        open_ended = entry is None or not entry.fixed
    return text


def bracketed(elements: Sequence[Element]) -> str:
    """The elements written for people; what `read_bracketed` reads."""
    return "".join(f"({one.ai}){one.value.replace('(', chr(92) + '(')}" for one in elements)


def check_pairs(elements: Sequence[Element], table: Dictionary) -> None:
    """Refuse elements that say one thing twice differently, exclude each other, or lack the one they belong to."""
    check_repeats(elements)
    check_exclusions(elements, table)
    check_needs(elements, table)


def check_repeats(elements: Sequence[Element]) -> None:
    """Refuse an identifier that has two values."""
    said: dict[str, str] = {}
    for one in elements:
        if said.setdefault(one.ai, one.value) != one.value:
            raise refuse("gs1-repeated", one.ai)


def check_exclusions(elements: Sequence[Element], table: Dictionary) -> None:
    """Refuse identifiers that must not stand together; one that fits its own pattern does not exclude itself."""
    there = {one.ai for one in elements}
    for ai in sorted(there):
        entry = table.entries.get(ai)
        for pattern in entry.excludes if entry else ():
            other = next((one for one in sorted(there - {ai}) if matches(pattern, one)), None)
            if other is not None:
                raise refuse("gs1-excluded", ai, other=other)


def check_needs(elements: Sequence[Element], table: Dictionary) -> None:
    """Refuse an identifier without one of those that it must go with."""
    there = {one.ai for one in elements}
    for ai in sorted(there):
        entry = table.entries.get(ai)
        for group in entry.needs if entry else ():
            if not any(_all_there(one, there - {ai}) for one in group):
                raise refuse("gs1-lacks", ai, needs=[" + ".join(one) for one in group])


def _all_there(patterns: Iterable[str], there: set[str]) -> bool:
    return all(any(matches(pattern, ai) for ai in there) for pattern in patterns)


def value_of(elements: Iterable[Element], ai: str) -> str | None:
    """The value of an identifier, or None where it is not there."""
    return next((one.value for one in elements if one.ai == ai), None)
