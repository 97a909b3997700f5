"""Text that people type: cleaned or refused, never silently changed in meaning (trust.md T22), and made findable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set as AbstractSet

from remanu.errors import BadInput
from remanu.rules.script import TO_SIMPLIFIED

SERIAL_LIMIT = 64
# Cf holds the bidirectional controls and the zero-width characters, Zl and Zp are line breaks in disguise.
_REFUSED = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
# The two last places of each plane are no characters and never will be.
_NONE = "".join(chr(plane << 16 | place) for plane in range(17) for place in (0xFFFE, 0xFFFF))
# Letters and marks that show nothing: fillers, the grapheme joiner, variation selectors; and what is no character.
_BLANK = re.compile(
    f"[{_NONE}\ufdd0-\ufdef\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_IDEOGRAPH = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_IDEOGRAPH}]|[^\W_{_IDEOGRAPH}]+")
# Capitals are what is stamped on parts, so letters fold by the look of their capitals.
_LOOKALIKES = str.maketrans(
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0455\u0456\u0458"
    "\u03b1\u03b2\u03b5\u03b6\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7",
    "abekmhopctyxsij" + "abezhikmnoptyx",
)


def clean_line(field: str, text: str, *, limit: int) -> str:
    """One line in NFC without space around it, at most `limit` characters.

    BadInput `control-character` for anything that does not show, or that turns the direction of writing;
    `empty`; `too-long`.
    """
    return _clean(field, text, limit=limit, permitted=frozenset())


def clean_note(field: str, text: str, *, limit: int) -> str:
    """Several lines; refused like a line, save that line breaks may stand, all written as one line feed."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _clean(field, unified, limit=limit, permitted=frozenset("\n"))


def clean_serial(field: str, text: str) -> str:
    """A serial number as it stands on the part; `empty` also when it holds nothing but hyphens."""
    serial = clean_line(field, text, limit=SERIAL_LIMIT)
    if not skeleton(serial):
        raise BadInput(field, "empty")
    return serial


def skeleton(serial: str) -> str:
    """What makes a serial number the same as another: no case, width, accents of form, hyphens or spaces (I1).

    Cyrillic and Greek letters fold to the Latin ones that they look like, for nobody stamps those by chance.
    O and 0 stay apart, as do I and 1: makers issue serials that differ in nothing else, and two real parts
    must never become one. Being forgiving is for search and for our own codes.
    """
    bare = _bare(serial)
    # A hyphen that falls away lets marks meet that stood apart; they fold anew until nothing changes.
    while (again := _bare(bare)) != bare:
        bare = again
    return bare


def _bare(serial: str) -> str:
    return "".join(
        sign
        for sign in _fold(serial).translate(_LOOKALIKES)
        if not sign.isspace() and unicodedata.category(sign) != "Pd" and sign != "\u2212"
    )


def search_words(text: str) -> list[str]:
    """The words of a text as search knows them, in order: no case or width, Traditional folded to Simplified.

    Runs of letters and digits are words; each Chinese or Japanese character is a word of its own.
    """
    return _WORD.findall(_fold(text).translate(TO_SIMPLIFIED))


def joined(text: str) -> str:
    """A number of several words as one word, so that its hyphens and spaces do not matter; else nothing."""
    words = search_words(text)
    run = "".join(words)
    whole = len(words) > 1 and run.isascii() and any(sign.isdigit() for sign in run)
    return run if whole and len(run) <= SERIAL_LIMIT else ""


def _clean(field: str, text: str, *, limit: int, permitted: AbstractSet[str]) -> str:
    clean = unicodedata.normalize("NFC", text).strip()
    if not clean:
        raise BadInput(field, "empty")
    if len(clean) > limit:
        raise BadInput(field, "too-long", limit=limit)
    if _BLANK.search(clean) or any(
        unicodedata.category(sign) in _REFUSED and sign not in permitted for sign in clean
    ):
        raise BadInput(field, "control-character")
    return clean


def _fold(text: str) -> str:
    # Twice, because folding case may leave a form that normalisation changes again.
    once = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", once).casefold()
