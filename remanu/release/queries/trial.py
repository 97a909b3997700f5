"""The very paper that a signature would issue, drawn before anybody signs it, and the label that would go on the unit.

What cannot be drawn is found here and not by the buyer: a character that no font has, a name that its block does not
hold, a number that is too long (trust.md R13, domain.md §5.1). It is drawn in every language in which it can be asked
for. Reading needs a connection; drawing needs none, so that nobody who writes waits for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.drawing.certificate import CertificateBlocks, draw_certificate
from remanu.drawing.faces import Locale
from remanu.drawing.fields import FROM_PACK, LabelFields
from remanu.drawing.layout import layout
from remanu.drawing.media import media_names, read_media
from remanu.drawing.paper import Print, blocks, document
from remanu.drawing.template import read_template, template_names
from remanu.errors import CannotDraw
from remanu.families import market
from remanu.ledger import body as bodies
from remanu.ledger.models import Log
from remanu.ledger.record import MAIN_LOG
from remanu.parts.queries import CaseView
from remanu.release.events import CertificateRecord
from remanu.release.queries.papers import spoken_names
from remanu.release.queries.wording import class_word
from remanu.rules import identity, lint
from remanu.rules import market as markets
from remanu.rules.lint import Finding

LOCALES: tuple[Locale, ...] = ("en", "zh-Hans", "zh-Hant")
LABEL = "label"
"""What a finding about the label of the unit names where one about the form names a block."""
_NAMED = {"en": "name_en", "zh-Hans": "name_zh_hans", "zh-Hant": "name_zh_hant"}
_CODES: Mapping[str, lint.Code] = {"missing-glyph": "character-missing", "text-too-long": "does-not-fit"}
# As large as a log becomes, and a root as long as every root is.
_SIZE, _ROOT = 10**12, bytes(32)
_SHOWN = 40
_BLOCKS = {
    "approval": "1",
    "number": "3",
    "supersedes": "3",
    "organisation": "4",
    "address": "4",
    "work_order": "5",
    "description": "7",
    "part_number": "8",
    "serial": "10",
    "life": "10a",
    "code": "10b",
    "status": "11",
    "scheme": "11",
    "claim_class": "11a",
    "flag": "11a",
    "remarks": "12",
    "standards": "12a",
    "concessions": "12b",
    "dossier": "15",
    "log": "16",
    "root": "16",
    "url": "17",
}
_SIGNED = {"meaning": "a", "authorisation": "c", "signer": "d"}


@dataclass(frozen=True, slots=True)
class Trial:
    """What would be drawn, ready to draw: the paper by language, and the labels of the unit."""

    papers: tuple[tuple[Locale, CertificateBlocks], ...]
    labels: tuple[LabelFields, ...]


def trial(
    connection: Connection,
    case: CaseView,
    record: CertificateRecord,
    *,
    signer: str,
    authorisation: str,
    now: datetime,
) -> Trial:
    """The paper as this person's signature would issue it, and the labels in the languages that its country asks."""
    plain = bodies.encode(record)
    origin = connection.execute(sa.select(Log.origin).where(Log.id == MAIN_LOG)).scalar() or ""
    # A day is enough: the moment of the signature is as long as any other.
    at = now.replace(hour=0, minute=0, second=0, microsecond=0)
    one = Print(
        record=plain,
        document=document(json.dumps(plain), "", authorisation),
        state="ISSUED",
        signed_at=at,
        authorisation=authorisation,
        signer=signer,
        origin=origin,
        size=_SIZE,
        root=_ROOT,
        url=case.item.uri,
    )
    named = {locale: spoken_names(connection, case.org_id, plain["unit"], locale) for locale in LOCALES}
    words = {locale: class_word(plain, language=locale, on=at.date()) for locale in LOCALES}
    papers = tuple(
        (locale, blocks(replace(one, class_word=words[locale], **named[locale]), locale=locale))
        for locale in LOCALES
    )
    labels = tuple(_label(plain, case, locale, word=words[locale], at=at) for locale in _languages(plain, at))
    return Trial(papers, labels)


def _languages(plain: Mapping[str, Any], at: datetime) -> tuple[Locale, ...]:
    """What the country of the issuer asks labels to speak; every language where it asks for none."""
    country = plain["organisation"]["country"]
    asked = {
        one
        for row in markets.in_force(market.languages(), jurisdiction=country, on=at.date())
        for one in row.languages
    }
    return tuple(one for one in LOCALES if not asked or one in asked)


def _label(
    plain: Mapping[str, Any], case: CaseView, locale: Locale, *, word: str, at: datetime
) -> LabelFields:
    """The label as it would be printed (labelling/queries/text.py); its own code is as long as any other."""
    unit, code = plain["unit"], "8" * identity.LABEL_LENGTH
    origin = unit["uri"].rsplit("/", 1)[0]
    said = {
        "class_word": word,
        "date": at.date().isoformat(),
        "standard": ":".join(one for one in (case.standard, case.edition) if one),
        "certificate": plain["number"],
        "life": str(plain["life"]),
    }
    asked = {FROM_PACK[one] for one in case.family.label.fields if one in FROM_PACK}
    return LabelFields(
        payload=identity.payload(origin, unit["code"], code),
        host=origin.partition("://")[2].upper(),
        code=identity.group(unit["code"]),
        locale=locale,
        name=unit["name"],
        part_number=unit["part_number"],
        serial=unit.get("serial", ""),
        organisation=plain["organisation"][_NAMED[locale]],
        **{name: value for name, value in said.items() if name in asked},
    )


def faults(tried: Trial) -> tuple[Finding, ...]:
    """What of it cannot be drawn, each with its block and the text that stops it; nothing where all can."""
    found = [one for locale, paper in tried.papers for one in _paper(paper, locale)]
    return tuple(dict.fromkeys([*found, *(one for label in tried.labels for one in _on_label(label))]))


@lru_cache(maxsize=64)
def _paper(paper: CertificateBlocks, locale: Locale) -> tuple[Finding, ...]:
    try:
        draw_certificate(paper, locale=locale)
    except CannotDraw as problem:
        field = str(problem.details.get("field") or _holding(paper, str(problem.details.get("text", ""))))
        return (_finding(problem, _block(field, paper.side)),)
    return ()


def _holding(paper: CertificateBlocks, text: str) -> str:
    """Which field has the text that did not fit; the drawing names its beginning alone."""
    every = ((name, getattr(paper, name)) for name in (*_BLOCKS, *_SIGNED))
    return next((name for name, value in every if text and text in str(value)), "")


def _block(field: str, side: str) -> str:
    if field in _SIGNED:
        return ("13" if side == "production" else "14") + _SIGNED[field]
    return _BLOCKS.get(field, "12")


def _finding(problem: CannotDraw, block: str) -> Finding:
    details = problem.details
    fields = ", ".join(cast("list[str]", details.get("fields", [])))
    text = str(details.get("character") or details.get("text") or fields)
    return Finding(block, _CODES.get(str(details["why"]), "cannot-be-drawn"), text[:_SHOWN])


@lru_cache(maxsize=64)
def _on_label(label: LabelFields) -> tuple[Finding, ...]:
    """Nothing where one stock at least holds the label; else why the largest one does not."""
    problem = None
    for media, template in _stocks():
        try:
            layout(label, read_template(template), read_media(media))
        except CannotDraw as error:
            problem = error
        else:
            return ()
    return () if problem is None else (_finding(problem, LABEL),)


@lru_cache(maxsize=1)
def _stocks() -> tuple[tuple[str, str], ...]:
    """Every stock with each drawing of a label that it holds, the smallest first."""
    labels = [one for one in map(read_template, template_names()) if one.kind == "label"]
    labels.sort(key=lambda one: one.width * one.height)
    media = [read_media(name) for name in media_names()]
    return tuple(
        (stock.name, one.name)
        for one in labels
        for stock in media
        if one.width <= stock.width and one.height <= stock.height
    )
