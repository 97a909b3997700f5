"""What a label says: words taken from the release and the record, never typed (I57), and the stock it is drawn on."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection

from remanu.accounts.queries import find_organisation
from remanu.catalogue.queries import pack_of
from remanu.drawing.faces import Locale
from remanu.drawing.fields import FROM_PACK, LabelFields
from remanu.drawing.layout import distance, drawings
from remanu.drawing.media import Media, media_names, read_media
from remanu.drawing.template import Kind, Template
from remanu.drawing.words import printed_words
from remanu.errors import CannotDraw
from remanu.families import market
from remanu.families.family import Family
from remanu.labelling.queries.rows import Row
from remanu.parts.queries import case_about, find_case, find_item, lives
from remanu.release import queries as release
from remanu.rules import identity
from remanu.rules.anomalies import ENDED

_SHORT_HOST = 16
_NAMED = {"en": "name_en", "zh-Hans": "name_zh_hans", "zh-Hant": "name_zh_hant"}
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Stock:
    """A stock with the drawing that uses it best."""

    media: Media
    template: Template


@lru_cache(maxsize=64)
def stock_of(kind: str, media_name: str) -> Stock:
    """The drawing of this kind with the largest symbol that the stock holds; CannotDraw where none fits."""
    media = read_media(media_name)
    fitting = _fitting(kind, media)
    if not fitting:
        raise CannotDraw(why="larger-than-media", media=media_name, smallest=_least(kind, media))
    # Against scratches size helps and nothing else does (labels.md §5.2).
    return Stock(
        media, max(fitting, key=lambda one: (max(code.box.w for code in one.codes), one.width * one.height))
    )


def _fitting(kind: str, media: Media) -> list[Template]:
    known = drawings(cast("Kind", kind), media)
    return [one for one in known if one.width <= media.width and one.height <= media.height]


def _least(kind: str, instead_of: Media) -> str:
    """The smallest stock on which any drawing of this kind goes: a roll for a roll, a sheet for a sheet."""
    fitting = [one for one in map(read_media, media_names()) if _fitting(kind, one)]
    return min(fitting, key=lambda one: distance(one, instead_of)).name


@lru_cache(maxsize=1)
def stocks() -> tuple[tuple[str, str], ...]:
    """Name and title of every stock on which some drawing goes, rolls first, the smallest first."""
    usable = [one for one in map(read_media, media_names()) if _fitting("label", one) or _fitting("tag", one)]
    usable.sort(key=lambda one: (one.grid is not None, one.width * one.height, one.name))
    return tuple((one.name, one.title) for one in usable)


def title_of(media_name: str) -> str:
    """How a stock is called; English, to be said in the language of the page."""
    return read_media(media_name).title


def words_of(connection: Connection, label: Row, item: Row | None = None) -> dict[str, str]:
    """What the label says: as it was printed, or as it would be printed now; `item` where it is at hand."""
    if label.words is not None:
        printed: dict[str, str] = json.loads(label.words)
        return printed
    item = item or find_item(connection, label.org_id, label.item_id)
    organisation = find_organisation(connection, label.org_id)
    said = {
        "host": _place(label),
        "code": identity.group(label.item_code),
        "name": _name(pack_of(connection, item), item, label.locale),
        "part_number": item.part_number,
        "serial": item.serial or "",
        "organisation": getattr(organisation, _NAMED[label.locale]),
    }
    more = _of_tag if label.kind == "tag" else _of_release
    said |= more(connection, label, organisation)
    return {name: value for name, value in said.items() if value}


def _place(label: Row) -> str:
    """Host and label code: with the code of the part the whole address, for whoever has no camera.

    A long host leaves no room for both on the smallest stock, and without the host nobody finds the page.
    """
    host: str = label.payload.split("/")[2]
    return f"{host} {label.code}" if len(host) <= _SHORT_HOST else host


def _of_tag(connection: Connection, label: Row, house: Row) -> dict[str, str]:
    case = case_about(connection, label.org_id, label.item_id)
    closed = [one.closed_at for one in lives(connection, label.org_id, label.item_id) if one.closed_at]
    came = max(closed, default=None) or (case.opened_at if case else label.reserved_at)
    return {"date": _day(came, house.zone)}


def _of_release(connection: Connection, label: Row, house: Row) -> dict[str, str]:
    certificate = release.certificate_of(connection, label.org_id, label.item_id)
    if certificate is None:
        return {}
    case = find_case(connection, label.org_id, certificate.case_id)
    said = {
        "class_word": market.printed(
            certificate.claim_class,
            jurisdiction=house.country,
            language=label.locale,
            on=certificate.issued_at.date(),
        ).word,
        "date": _day(certificate.issued_at, house.zone),
        "standard": ":".join(one for one in (case.standard, case.edition) if one),
        "certificate": certificate.number,
        "life": str(certificate.life),
    }
    asked = {FROM_PACK[one] for one in case.family.label.fields if one in FROM_PACK}
    return {name: value for name, value in said.items() if name in asked}


def _name(pack: Family, item: Any, locale: str) -> str:
    """The part's name as recorded; where that is not the label's language, the name that its pack gives its kind."""
    if bool(_CHINESE.search(item.name)) is (locale != "en"):
        return str(item.name)
    return next((one.names.text(locale) for one in pack.positions if one.code == item.component), item.name)


def _day(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).date().isoformat()


def is_demonstration(label: Row, *, installation: bool) -> bool:
    """Whether the label must say that it is none: addresses without TLS exist in demonstrations alone."""
    return installation or label.payload.startswith("http://")


def drawn(label: Row, words: Mapping[str, str], *, demonstration: bool) -> LabelFields:
    """What the drawing takes: the label's words, and in a corner DEMO, or PROOF before it is printed, or VOID after it
    was withdrawn, so that nobody prints it again.
    """
    if is_demonstration(label, installation=demonstration):
        return _marked(label, words, "demonstration")
    return _marked(
        label, words, "proof" if label.state == "reserved" else "void" if label.state in ENDED else ""
    )


def as_proof(said: LabelFields) -> LabelFields:
    """The same for somebody who may look and not print."""
    return (
        said if said.watermark else replace(said, watermark=printed_words("watermark", said.locale)["proof"])
    )


def as_printed(label: Row, words: Mapping[str, str], *, demonstration: bool) -> LabelFields:
    """What the drawing takes when it goes to a printer: nothing in its corner but DEMO, where it is one."""
    mark = "demonstration" if is_demonstration(label, installation=demonstration) else ""
    return _marked(label, words, mark)


def _marked(label: Row, words: Mapping[str, str], mark: str) -> LabelFields:
    marks = printed_words("watermark", label.locale)
    locale = cast("Locale", label.locale)
    return LabelFields(payload=label.payload, locale=locale, watermark=marks.get(mark, ""), **words)
