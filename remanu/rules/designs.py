"""What a drawing of a label must show and may not show, whoever drew it (labels.md §1.4, §8; I54, I57).

The words of a label come from the record, so a drawing brings none of its own but captions that the house's built-in
drawings have for the same field. What identifies the part is whole, and DEMO or PROOF always has its place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

_EVERY = frozenset({"code", "host", "name", "part_number", "serial", "watermark"})
ONLY_RELEASED = frozenset({"class_word", "certificate", "life", "standard"})
"""What speaks of a release, and so stands on no tag."""
REQUIRED: Mapping[str, frozenset[str]] = {
    "label": _EVERY | ONLY_RELEASED | {"organisation", "date"},
    "tag": _EVERY,
}
"""Fields without which a drawing of this kind is none; those of labels are what every family pack asks for."""
WHOLE = frozenset(
    {"code", "host", "class_word", "part_number", "serial", "life", "date", "standard", "certificate"}
)
"""Fields that are never cut short: a shortened number is a wrong one."""
_MARK = "watermark"
Words = tuple[str, tuple[tuple[str, str], ...]]
"""A field, or nothing, and the words beside it in each language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a drawing shows: its fields, those that it may cut, those shown at times only, and its fixed words."""

    kind: str
    fields: Collection[str]
    cut: Collection[str]
    sometimes: Collection[tuple[str, str]]
    words: Collection[Words]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a drawing is refused, and of which fields or words that is so."""

    why: str
    of: tuple[str, ...]


def faults(drawn: Drawn, *, known: Collection[Words], band: Words) -> tuple[Fault, ...]:
    """Everything that is wrong with a drawing, in the order in which a person would mend it.

    `sometimes` pairs an element's field with the field that has to be filled for it to be shown. `known` are the words
    that built-in drawings of the kind have; `band` is what a tag says of its part.
    """
    shown = set(drawn.fields)
    wrong = {
        "design-lacks": REQUIRED[drawn.kind] - shown,
        "design-of-release": ONLY_RELEASED & shown if drawn.kind == "tag" else set(),
        "design-cuts": WHOLE & set(drawn.cut),
        "design-hides": {
            field or "-" for field, when in drawn.sometimes if when != _MARK or field not in {"", _MARK}
        },
        "design-words": {_said(one) for one in set(drawn.words) - set(known)},
        "design-not-released": {_said(band)} if drawn.kind == "tag" and band not in drawn.words else set(),
    }
    return tuple(Fault(why, tuple(sorted(of))) for why, of in wrong.items() if of)


def _said(words: Words) -> str:
    return dict(words[1]).get("en", "")
