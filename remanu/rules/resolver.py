"""Which link of a thing answers a request: by link type, then media type, language and context (labels.md §1.5).

Designed after the GS1-Conformant resolver standard 1.2 as far as its public test list and link set schema show it; the
standard itself was not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

VOCABULARY = "https://ref.gs1.org/voc/"
"""The namespace of link types in link sets, as the model link set of the public test suite writes it."""
CONTEXT = "https://ref.gs1.org/standards/resolver/linkset-context"
DEFAULT = "pip"
LINKSET = "application/linkset+json"
EVERYTHING = frozenset({"linkset", "all"})
"""Words for the whole link set; `all` is the former one."""
_SPELT = (
    VOCABULARY,
    "https://gs1.org/voc/",
    "https://www.gs1.org/voc/",
    "http://gs1.org/voc/",
    "http://www.gs1.org/voc/",
    "gs1:",
)
TAGS = {"en": "en", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}
"""Languages of pages as link sets may write them: their schema refuses tags with a script."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A link of a thing: its type, the path it leads to on this host, and what tells it from others of its type."""

    rel: str
    path: str
    title: str
    type: str = ""
    language: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a request asks for; `types` are media types with their quality from 0 to 1, `language` a tag of `TAGS`."""

    link_type: str = ""
    types: tuple[tuple[str, float], ...] = ()
    language: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of an identifier, such as an article and then its serial: its address, what it is, its links."""

    anchor: str
    description: str
    offered: tuple[Offered, ...]


def link_type(text: str) -> str:
    """The bare word of a link type, however its namespace is written; `?` for one of another, nothing for nothing."""
    word = next((text.removeprefix(one) for one in _SPELT if text.startswith(one)), text)
    return word if word.isalpha() or not text else "?"


def choose(offered: Sequence[Offered], wish: Wish) -> tuple[Offered, ...]:
    """The links that answer equally well: none where the type asked for is not there, several where all are as good."""
    pool = _of_type(offered, wish)
    for keep in (_in_context, _of_media, _in_language):
        pool = keep(pool, wish)
    return tuple(pool)


def _of_type(offered: Sequence[Offered], wish: Wish) -> list[Offered]:
    if wish.link_type:
        return [one for one in offered if one.rel == wish.link_type]
    there = [one for one in offered if wish.context and one.context == wish.context]
    return there or [one for one in offered if one.rel == DEFAULT]


def _in_context(pool: list[Offered], wish: Wish) -> list[Offered]:
    there = [one for one in pool if wish.context and one.context == wish.context]
    return there or [one for one in pool if not one.context] or pool


def _of_media(pool: list[Offered], wish: Wish) -> list[Offered]:
    """Those of the media type liked best; all where none is liked, for a page says more than a refusal."""
    likes = [(_liked(one.type, wish.types), one) for one in pool]
    best = max((quality for quality, _ in likes), default=0.0)
    return [one for quality, one in likes if quality == best]


def _liked(media: str, types: Iterable[tuple[str, float]]) -> float:
    """How much a media type is liked: by itself, else by its family, else by anything."""
    family = f"{media.partition('/')[0]}/*"
    said = dict(types)
    return next((said[name] for name in (media, family, "*/*") if name in said), 0.0)


def _in_language(pool: list[Offered], wish: Wish) -> list[Offered]:
    spoken = [one for one in pool if one.language == wish.language]
    return spoken or [one for one in pool if not one.language] or pool


def linkset(levels: Iterable[Level], origin: str) -> dict[str, object]:
    """The link set of RFC 9264 with the members that GS1 adds; `origin` makes the paths whole."""
    return {"linkset": [_level(one, origin) for one in levels]}


def _level(level: Level, origin: str) -> dict[str, object]:
    said: dict[str, object] = {"anchor": level.anchor, "itemDescription": level.description}
    default = next(one for one in level.offered if one.rel == DEFAULT)
    # The default link carries a title and nothing else, so that nothing in it has to be matched.
    said[f"{VOCABULARY}defaultLink"] = [{"href": origin + default.path, "title": default.title}]
    for rel in dict.fromkeys(one.rel for one in level.offered):
        said[VOCABULARY + rel] = [_link(one, origin) for one in level.offered if one.rel == rel]
    return said


def _link(one: Offered, origin: str) -> dict[str, object]:
    more: dict[str, object] = {"href": origin + one.path, "title": one.title}
    if one.type:
        more["type"] = one.type
    if one.language:
        more["hreflang"] = [one.language]
    if one.context:
        more["context"] = [one.context]
    return more
