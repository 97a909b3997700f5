"""The words of a certificate: scheme, status and side by the vocabulary in force on a day, and who is the maker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.models import Organisation
from remanu.families import market
from remanu.reads import once
from remanu.rules import text, vocabularies
from remanu.rules.classes import ClaimClass

Row = sa.Row[Any]
GENERAL = "general"
"""The scheme whose words a certificate carries without naming it."""


@dataclass(frozen=True, slots=True)
class Worded:
    """The status of a line, the scheme whose word it is, None for the general one, and the side that is signed."""

    status: str
    scheme: str | None
    side: str | None


def worded(
    family: str,
    claim_class: str,
    *,
    maker: Literal["maker", "other"],
    on: date,
    scheme: str | None = None,
) -> Worded:
    """How a unit of this family and class is called on a certificate of that day (I27, I39).

    In the words of the scheme that the release names; where it names none, of the one that its family goes by. A scheme
    without a word for the class has no status for it, and the certificate is not signed (rules/lint.py, `no-term`).
    """
    return _in_words_of(_scheme(family, claim_class, on=on, name=scheme), cast("ClaimClass", claim_class), maker)


def _scheme(family: str, claim_class: str, *, on: date, name: str | None) -> vocabularies.Vocabulary | None:
    every, word = schemes(family, claim_class, on), cast("ClaimClass", claim_class)
    if name is not None:
        return next((one for one in every if one.id == name), None)
    return vocabularies.chosen(every, family=family, claim_class=word, on=on)


def schemes(family: str, claim_class: str, on: date) -> tuple[vocabularies.Vocabulary, ...]:
    """The schemes under which a unit of this family and class may be released on a day."""
    word = cast("ClaimClass", claim_class)
    return tuple(vocabularies.offered(market.vocabularies(), family=family, claim_class=word, on=on))


def _in_words_of(
    scheme: vocabularies.Vocabulary | None, word: ClaimClass, maker: Literal["maker", "other"]
) -> Worded:
    term = None if scheme is None else scheme.term_for(word)
    if scheme is None or term is None:
        return Worded("", None, None)
    side = vocabularies.side_of(term, by_maker=maker)
    return Worded(
        term.word,
        None if scheme.id == GENERAL else scheme.id,
        None if side == "maintenance" else side,
    )


def scheme_of(family: str, claim_class: str | None, on: date) -> str:
    """The scheme in whose words a unit of this family and class is released where it names none."""
    word = cast("ClaimClass", claim_class)
    found = vocabularies.chosen(market.vocabularies(), family=family, claim_class=word, on=on)
    return GENERAL if found is None else found.id


def vocabulary_of(scheme: str | None, on: date) -> vocabularies.Vocabulary | None:
    """The vocabulary that a certificate names, as it was on the day."""
    return vocabularies.named(market.vocabularies(), scheme or GENERAL, on=on)


def made_by(issuer: Row, maker: str) -> Literal["maker", "other"]:
    """Whether the organisation is the unit's maker, by name."""
    names = (issuer.name_en, issuer.name_zh_hans, issuer.name_zh_hant)
    return "maker" if text.skeleton(maker) in {text.skeleton(one) for one in names} else "other"


@once
def country_of(connection: Connection, org_id: str) -> str:
    """The jurisdiction in which the organisation issues."""
    chosen = sa.select(Organisation.country).where(Organisation.org_id == org_id)
    return str(connection.execute(chosen).scalar_one())


def class_word(record: Mapping[str, Any], *, language: str, on: date) -> str:
    """The word of a certificate's class by the label rule of the issuer's jurisdiction on a day (I29)."""
    country = str(record["organisation"]["country"])
    return market.printed(str(record["claim_class"]), jurisdiction=country, language=language, on=on).word
