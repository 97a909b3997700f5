"""An organisation's own drawings: which there are, which of them a label is drawn by, and what one of them shows."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.config import resource
from remanu.drawing.arrange import roomy
from remanu.drawing.faces import FAMILIES
from remanu.drawing.fields import LabelFields
from remanu.drawing.layout import layout
from remanu.drawing.media import Media, media_names, read_media
from remanu.drawing.template import Template, read_template, template_names, template_of
from remanu.drawing.words import printed_words
from remanu.errors import BadInput, NotFound
from remanu.labelling.models import Label, LabelDesign
from remanu.labelling.queries.rows import Row
from remanu.labelling.queries.text import Stock, stock_of
from remanu.parts.models import Item
from remanu.rules.designs import Drawn, Fault, Words, faults

PREFIX = "design:"
"""What stands before the id of a design where a label names its drawing."""
_EXAMPLES = 20
_ALL = sa.select(LabelDesign.__table__)


def all_designs(connection: Connection, org_id: str) -> list[Row]:
    """Every version of every drawing of the organisation, by name, the newest version first."""
    ordered = _ALL.where(LabelDesign.org_id == org_id).order_by(LabelDesign.name, LabelDesign.version.desc())
    return list(connection.execute(ordered))


def find_design(connection: Connection, org_id: str, design_id: str) -> Row:
    """One drawing of the organisation; NotFound otherwise."""
    row = connection.execute(_ALL.where(LabelDesign.org_id == org_id, LabelDesign.id == design_id)).first()
    if row is None:
        raise NotFound(what="design")
    return row


def latest_version(connection: Connection, org_id: str, name: str) -> int:
    """The number of the newest version of this name; 0 where there is none."""
    mine = (LabelDesign.org_id == org_id, LabelDesign.name == name)
    return connection.execute(sa.select(sa.func.max(LabelDesign.version)).where(*mine)).scalar() or 0


def approved_design(connection: Connection, org_id: str, kind: str, media: str) -> Row | None:
    """What labels of this kind on this stock are drawn by, where the organisation made a drawing of its own."""
    mine = (LabelDesign.org_id == org_id, LabelDesign.occupies == f"{kind}|{media}")
    return connection.execute(_ALL.where(*mine)).first()


def lately_labelled(connection: Connection, org_id: str, kind: str) -> list[Row]:
    """Parts that were given a label of this kind last, newest first: examples for whoever draws one up."""
    newest = (
        sa.select(Label.item_id, sa.func.max(Label.id).label("last"))
        .where(Label.org_id == org_id, Label.kind == kind)
        .group_by(Label.item_id)
        .order_by(sa.desc("last"))
        .limit(_EXAMPLES)
        .subquery()
    )
    mine = sa.and_(Item.org_id == org_id, Item.id == newest.c.item_id)
    chosen = sa.select(Item.id, Item.name, Item.code, Item.serial).join(newest, mine)
    return list(connection.execute(chosen.order_by(newest.c.last.desc())))


def stock_at(connection: Connection, org_id: str, kind: str, media: str) -> Stock:
    """The stock with the organisation's own drawing for it, else with the built-in one that suits it best."""
    own = approved_design(connection, org_id, kind, media)
    return stock_of(kind, media) if own is None else Stock(read_media(media), drawing_of(own))


def stock_for(connection: Connection, label: Row) -> Stock:
    """The stock and the drawing a label was printed on, which others do not replace; before that, today's."""
    if label.printed_at is None:
        return stock_at(connection, label.org_id, label.kind, label.media)
    return stock_named(connection, label.org_id, label.template, label.media)


def stock_together(connection: Connection, labels: Sequence[Row], media: str) -> Stock:
    """What labels of one kind are drawn on together: the stock and drawing of the printed ones, where there are such.

    BadInput `mixed-kinds`, `other-stock` where printed ones differ, or where `media` is another than theirs.
    """
    first, *_ = labels
    if len({one.kind for one in labels}) > 1:
        raise BadInput("ids", "mixed-kinds")
    printed = {(one.template, one.media) for one in labels if one.printed_at is not None}
    if not printed:
        return stock_at(connection, first.org_id, first.kind, media or first.media)
    (name, stock), *others = printed
    if others or media not in {"", stock}:
        raise BadInput("media", "other-stock")
    return stock_named(connection, first.org_id, name, stock)


def stock_named(connection: Connection, org_id: str, template: str, media: str) -> Stock:
    """A stock with the drawing of this name, built in or the organisation's own; NotFound where there is none."""
    if template.startswith(PREFIX):
        design = find_design(connection, org_id, template.removeprefix(PREFIX))
        return Stock(read_media(media), drawing_of(design))
    if template not in template_names():
        raise NotFound(what="drawing")
    return Stock(read_media(media), read_template(template))


def drawing_of(design: Row) -> Template:
    """The template that the design's text describes; its name is what labels are recorded with."""
    return _read(PREFIX + design.id, design.drawing)


@lru_cache(maxsize=256)
def _read(name: str, drawing: str) -> Template:
    return template_of(name, json.loads(drawing))


@lru_cache(maxsize=1)
def design_stocks() -> tuple[tuple[str, str], ...]:
    """Name and title of every stock that a design has room on, rolls first, the smallest first."""
    usable = [one for one in map(read_media, media_names()) if roomy(one)]
    usable.sort(key=lambda one: (one.grid is not None, one.width * one.height, one.name))
    return tuple((one.name, one.title) for one in usable)


def faults_of(template: Template) -> tuple[Fault, ...]:
    """What a drawing lacks, hides or says that it may not (rules.designs)."""
    return faults(_shown(template), known=_known(template.kind), band=_band())


def _shown(template: Template) -> Drawn:
    texts = [(one.field, one.cut) for one in template.texts if one.field]
    rows = [(one.field, one.cut) for table in template.tables for one in table.rows]
    whens = [("", area.when) for area in template.areas] + [
        (text.field, text.when) for text in template.texts
    ]
    return Drawn(
        kind=template.kind,
        fields=[field for field, _ in (*texts, *rows)],
        cut=[field for field, cut in (*texts, *rows) if cut],
        sometimes=[(field, when) for field, when in whens if when],
        words=list(_fixed(template)),
    )


def _fixed(template: Template) -> Iterator[Words]:
    """Fixed words, and captions with the field that they stand beside."""
    texts = (("", one.words) for one in template.texts)
    captions = ((row.field, row.caption) for table in template.tables for row in table.rows)
    for field, words in (*texts, *captions):
        if words:
            yield _words(field, cast("Mapping[str, str]", words))


def _words(field: str, said: Mapping[str, str]) -> Words:
    return field, tuple(sorted(said.items()))


def _band() -> Words:
    return _words("", printed_words("tag", "band"))


@lru_cache(maxsize=2)
def _known(kind: str) -> frozenset[Words]:
    """What the built-in drawings of this kind say, and what stands in labels/words.toml for it."""
    built_in = [read_template(name) for name in template_names()]
    said = {one for template in built_in if template.kind == kind for one in _fixed(template)}
    for length in ("short", "long"):
        said |= {_words(field, words) for field, words in printed_words("caption", length, kind).items()}
    if kind == "tag":
        said |= {_words("", words) for words in printed_words("tag").values()}
    return frozenset(said)


@lru_cache(maxsize=1)
def _specimen() -> Mapping[str, Any]:
    return tomllib.loads((resource("labels") / "specimen.toml").read_text("utf-8"))


def specimens(kind: str, host: str) -> tuple[LabelFields, ...]:
    """Long words of no part in each language: demonstration data to try a drawing with. `host` is the printed one."""
    said = _specimen()
    plain = {name: value for name, value in said.items() if not isinstance(value, dict)}
    made = []
    for locale in FAMILIES:
        words = {**plain, **said[locale], "host": f"{host} WWWWWW"}
        mark = printed_words("watermark", locale)["proof"]
        made.append(LabelFields(locale=locale, watermark=mark, **words))
    return tuple(of_tag(one) if kind == "tag" else one for one in made)


def of_tag(label: LabelFields) -> LabelFields:
    """The same without what speaks of a release."""
    return replace(label, class_word="", certificate="", life="", standard="")


def check_room(template: Template, media: Media, host: str) -> None:
    """CannotDraw where the words of a specimen have no room, in whichever language."""
    for one in specimens(template.kind, host):
        layout(one, template, media)
