"""Identifiers for tests: GS1 keys under a prefix that GS1 keeps for examples, a maker's mark, a confirmation."""

from __future__ import annotations

from datetime import date

from remanu.parts import actions
from remanu.parts.events import Cited

PREFIX = "9506000"
GTIN = "09506000134352"
LETTER = Cited(digest="cd" * 32, media_type="application/pdf", size=9, shows="")
UII = "[)>\x1e12\x1dMFR 1AB23\x1dSER 0815-X\x1e\x04"


def confirmed(hall, prefix: str = PREFIX, since: date = date(2020, 1, 1)):
    """The organisation's prefix, by the word of its administrator."""
    return hall.do("admin", actions.confirm_prefix, prefix=prefix, applies_from=since, evidence=(LETTER,))


def minted(hall, item, **changes):
    """A GS1 key that the organisation gave a part."""
    given = {"scheme": "gs1-gtin", "number": GTIN, **changes}
    return hall.do("label_officer", actions.mint_identifier, item.id, **given)
