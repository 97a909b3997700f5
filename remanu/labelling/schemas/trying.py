"""How a drawing looks with the words of a part, or of none, before anything is recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlencode

from flask import url_for
from sqlalchemy.engine import Connection

from remanu.drawing.arrange import arranged
from remanu.drawing.faces import FAMILIES
from remanu.drawing.fields import LabelFields
from remanu.drawing.layout import layout
from remanu.drawing.media import Media, read_media
from remanu.drawing.template import Template, template_of
from remanu.errors import CannotDraw
from remanu.labelling import actions, queries
from remanu.labelling.queries import Row
from remanu.labelling.schemas.wish import Wish
from remanu.parts.queries import find_item
from remanu.rules import identity
from remanu.web import shape
from remanu.web.acts import Values
from remanu.web.context import actor, here
from remanu.web.locale import NAMES
from remanu.web.strict import unflatten

DPI = 300
_SAMPLE = "WWWWWW"
_WISH = ("kind", "media", "side", "share")


@dataclass(frozen=True, slots=True)
class Tried:
    """A drawing tried with the words of one language; `why` where it cannot be drawn."""

    locale: str
    language: str
    src: str
    width: float
    height: float
    why: str
    of: Sequence[str]


def shown(connection: Connection, typed: Mapping[str, str]) -> Values:
    """What a page shows of what is wished so far: each language, and what stands against the drawing."""
    given = asked(typed)
    template, media = wished(given)
    words = said(connection, given["kind"], typed.get("item", ""))
    kept = {name: one for name, one in typed.items() if name in {*_WISH, "item"} or name.startswith("rows.")}
    return {
        "lacks": queries.faults_of(template),
        "tried": tried(template, media, words, lambda spoken: _address(kept | {"locale": spoken})),
    }


def of_design(connection: Connection, design: Row, item: str = "") -> Values:
    """How a design looks with the words of a part, or of none."""
    words = said(connection, design.kind, item)
    template, media = queries.drawing_of(design), read_media(design.media)

    def address(spoken: str) -> str:
        return url_for("labelling.design_png", design_id=design.id, locale=spoken, item=item or None)

    return {"lacks": queries.faults_of(template), "tried": tried(template, media, words, address)}


def _address(asked: Mapping[str, str]) -> str:
    return f"{url_for('labelling.preview_png')}?{urlencode(asked)}"


def asked(typed: Mapping[str, str]) -> dict[str, Any]:
    """What is wished, read as strictly as the form itself."""
    named = {name: one for name, one in typed.items() if name in _WISH or name.startswith("rows.")}
    return shape.take(Wish, unflatten(named))


def wished(given: dict[str, Any]) -> tuple[Template, Media]:
    """The drawing that comes of a wish, and its stock; CannotDraw where the stock has no room for any."""
    media = read_media(queries.known_media(given["media"]))
    rest = {name: value for name, value in given.items() if name != "media"}
    return template_of("preview", arranged(actions.wish(**rest), media)), media


def said(connection: Connection, kind: str, item_id: str) -> tuple[LabelFields, ...]:
    """The words of a part of the organisation in each language, or long ones of no part."""
    origin = here().config.label_origin
    host = origin.partition("://")[2].upper()
    if not item_id:
        return queries.specimens(kind, host)
    item = find_item(connection, actor().org_id, item_id)
    return tuple(_of_part(connection, item, kind, locale) for locale in FAMILIES)


def _of_part(connection: Connection, item: Row, kind: str, locale: str) -> LabelFields:
    """What a label of this part would say now; its code is none, for none is reserved."""
    label = SimpleNamespace(
        org_id=item.org_id,
        item_id=item.id,
        item_code=item.code,
        code=_SAMPLE,
        kind=kind,
        locale=locale,
        words=None,
        state="reserved",
        payload=identity.payload(here().config.label_origin, item.code, _SAMPLE),
        reserved_at=here().database.clock.now(),
    )
    row = cast("Row", label)
    return queries.drawn(
        row, queries.words_of(connection, row, item), demonstration=here().config.demonstration
    )


def tried(
    template: Template, media: Media, said: Sequence[LabelFields], address: Callable[[str], str]
) -> list[Tried]:
    """The drawing with these words, one after the other; `address` is where one language of it is drawn."""
    return [_one(template, media, label, address(label.locale)) for label in said]


def _one(template: Template, media: Media, label: LabelFields, src: str) -> Tried:
    try:
        layout(label, template, replace(media, dpi=DPI))
    except CannotDraw as problem:
        found = problem.details
        of = found.get("fields") or [str(found.get("text") or found.get("character") or "")]
        return Tried(label.locale, NAMES[label.locale], "", 0, 0, str(found["why"]), cast("list[str]", of))
    return Tried(label.locale, NAMES[label.locale], src, template.width, template.height, "", ())
