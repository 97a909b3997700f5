"""Names that the packs know, found again by one of their scripts: the record keeps the English one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from remanu.families.loader import load_all
from remanu.families.vocabulary import Names

_MOST = 6


def spoken(name: str, locale: str) -> str:
    """A recorded name in a reader's language where a pack gives it one, else as it was recorded."""
    known = _by_english()
    for names in (known, _tools()):
        if name in names:
            return names[name].text(locale)
    stem, _, number = name.rpartition(" ")
    return f"{known[stem].text(locale)} {number}" if number.isdigit() and stem in known else name


def recorded(asked: str) -> list[str]:
    """The English names whose Chinese ones carry what was asked, a few at most."""
    if not asked or asked.isascii():
        return []
    every = _by_english().values()
    return [one.en for one in every if asked in one.zh_hans or asked in one.zh_hant][:_MOST]


@cache
def _tools() -> dict[str, Names]:
    """Instruments that are called by their class; nobody looks for a part by these."""
    return {one.names.en: one.names for family in load_all().values() for one in family.instrument_classes}


@cache
def _by_english() -> dict[str, Names]:
    return {names.en: names for names in _every()}


def _every() -> Iterator[Names]:
    for family in load_all().values():
        yield family.names
        yield from (position.names for position in family.positions)
