"""What jurisdictions and schemes ask, as dated rows: status words, blocks, label words, warranties, substances.

Rows of real jurisdictions keep their source and how far it is known; those of fictional ones belong to the
demonstration. Nothing is read at import; a file is read once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, cast

from remanu.families.published import SubstanceLimit, substance_limits
from remanu.rules import market
from remanu.rules.classes import ClaimClass
from remanu.rules.dossiers import Requirement
from remanu.rules.lint import Ask
from remanu.rules.market import LabelWord, Languages, LeastWarranty
from remanu.rules.substances import Basis, Limit, Regime
from remanu.rules.vocabularies import Term, Vocabulary

ANYWHERE = "*"
"""The jurisdiction of rows that hold where a jurisdiction has none of its own here."""
_LOCALES = ("en", "zh-Hans", "zh-Hant")
_PER_CENT = Decimal(10_000)
_FIRST_ARTICLE = re.compile(r"first article\b")
_Row = Mapping[str, Any]


def _tables(name: str) -> dict[str, list[_Row]]:
    text = (files("remanu.families") / "data" / "market" / f"{name}.toml").read_text("utf-8")
    return cast("dict[str, list[_Row]]", tomllib.loads(text))


@cache
def vocabularies() -> tuple[Vocabulary, ...]:
    """The status words of every scheme."""
    return tuple(_vocabulary(one) for one in _tables("vocabularies-1")["vocabularies"])


def _vocabulary(one: _Row) -> Vocabulary:
    return Vocabulary(
        id=one["id"],
        jurisdiction=one["jurisdiction"],
        applies_from=one["from"],
        applies_to=one.get("to"),
        terms=tuple(_term(term) for term in one["terms"]),
        families=frozenset(one.get("families", ())),
        source=one["source"],
        tag=one["tag"],
    )


def _term(one: _Row) -> Term:
    return Term(
        word=one["word"],
        claim_class=one.get("class"),
        side=one.get("side", "maintenance"),
        pairs=frozenset(one.get("pairs", ())),
    )


@cache
def label_words() -> tuple[LabelWord, ...]:
    """The words that stand for classes by every label rule, in the order of the file."""
    return tuple(word for one in _tables("labels-1")["words"] for word in _words(one))


def _words(one: _Row) -> Iterator[LabelWord]:
    for locale in _LOCALES:
        for claim_class, word in one.get(locale, {}).items():
            yield LabelWord(
                claim_class=claim_class,
                language=locale,
                word=word,
                conspicuous=claim_class in one["conspicuous"],
                **_dated(one),
            )


def _dated(one: _Row) -> dict[str, Any]:
    return {
        "jurisdiction": one["jurisdiction"],
        "applies_from": one["from"],
        "applies_to": one.get("to"),
        "source": one["source"],
        "tag": one["tag"],
    }


def printed(claim_class: str, *, jurisdiction: str, language: str, on: date) -> LabelWord:
    """The word that is printed for a class: by the jurisdiction's label rule, else by this project's (I29)."""
    word = cast("ClaimClass", claim_class)
    for place in (jurisdiction, ANYWHERE):
        found = market.word_for(label_words(), word, jurisdiction=place, language=language, on=on)
        if found is not None:
            return found
    raise KeyError(claim_class)


@cache
def asks() -> tuple[Ask, ...]:
    """The blocks that have to be filled on a release certificate, by class, family and scheme."""
    return tuple(
        Ask(
            block=block,
            path=path,
            may_be_empty=one.get("may_be_empty", False),
            applies_from=one["from"],
            applies_to=one.get("to"),
            classes=frozenset(one.get("classes", ())),
            families=frozenset(one.get("families", ())),
            schemes=frozenset(one.get("schemes", ())),
        )
        for one in _tables("forms-1")["asks"]
        for block, path in one["paths"]
    )


@cache
def requirements() -> tuple[Requirement, ...]:
    """What every dossier has to show, by class, family and scheme; packs of families add to it."""
    return tuple(line for one in _tables("dossiers-1")["lines"] for line in _lines(one))


def _lines(one: _Row) -> Iterator[Requirement]:
    named = [*one.get("facts", ()), *([step, step] for step in one.get("steps", ()))]
    for code, *act in named:
        yield Requirement(
            gate=one["gate"],
            code=code,
            act=act[0] if act else "",
            applies_from=one["from"],
            applies_to=one.get("to"),
            classes=frozenset(one.get("classes", ())),
            families=frozenset(one.get("families", ())),
            schemes=frozenset(one.get("schemes", ())),
            circumstances=frozenset(one.get("circumstances", ())),
            source=one["source"],
            tag=one["tag"],
        )


@cache
def languages() -> tuple[Languages, ...]:
    """The languages that each jurisdiction asks for on labels and papers."""
    rows = _tables("labels-1")["languages"]
    return tuple(Languages(languages=tuple(one["languages"]), **_dated(one)) for one in rows)


@cache
def warranties() -> tuple[LeastWarranty, ...]:
    """The least warranty of each class and jurisdiction."""
    return tuple(
        LeastWarranty(claim_class=word, days=None if least == "new" else least, **_dated(one))
        for one in _tables("warranties-1")["warranties"]
        for word, least in one["least"].items()
    )


def least_warranty(claim_class: str, *, jurisdiction: str, new_days: int, on: date) -> int:
    """The days of warranty that a jurisdiction asks of a class on a day; 0 where no rule of it is known (I30)."""
    known = market.in_force(warranties(), jurisdiction=jurisdiction, on=on)
    return max((one.least(new_days) for one in known if one.claim_class == claim_class), default=0)


@cache
def regimes() -> tuple[Regime, ...]:
    """Every regime of substances: published ones with the categories that they hold for, and fictional ones."""
    tables = _tables("substances-1")
    categories = {one["regime"]: frozenset(one["categories"]) for one in tables["applies"]}
    return (*_published(categories), *map(_fictional, tables["regimes"]))


def _published(categories: Mapping[str, frozenset[str]]) -> Iterator[Regime]:
    found: dict[str, list[SubstanceLimit]] = {}
    for row in substance_limits():
        found.setdefault(row.regime, []).append(row)
    for name, rows in found.items():
        yield Regime(
            id=name,
            jurisdiction=rows[0].jurisdiction,
            applies_from=rows[0].applies_from,
            applies_to=rows[0].applies_to,
            limits=tuple(
                Limit(one.abbreviation, Decimal(one.limit_pct) * _PER_CENT, _basis(one)) for one in rows
            ),
            categories=categories.get(name, frozenset()),
            source=rows[0].verified,
            tag="V" if rows[0].verified.startswith("verified") else "M",
        )


def _millionths(per_cent: str) -> Decimal:
    """The share in millionths, with no more digits than it needs."""
    return Decimal(f"{(Decimal(per_cent) * _PER_CENT).normalize():f}")


def _basis(row: SubstanceLimit) -> Basis:
    return "first-article" if _FIRST_ARTICLE.match(row.basis) else "homogeneous-material"


def _fictional(one: _Row) -> Regime:
    return Regime(
        id=one["id"],
        limits=tuple(Limit(name, Decimal(ppm), one["basis"]) for name, ppm in one["ppm"].items()),
        **_dated(one),
    )


def bases() -> dict[str, Basis]:
    """The substances that any regime limits, each with the basis that its share is declared on."""
    return {limit.substance: limit.basis for regime in regimes() for limit in regime.limits}
