"""What a certifier reads before he signs: where the unit will be recognised, and what would change that."""

from __future__ import annotations

from dataclasses import dataclass

from remanu.parts.queries import CaseView
from remanu.recognition import queries
from remanu.recognition.schemas import said
from remanu.recognition.schemas.about import side
from remanu.rules.verdicts import GREEN, Verdict
from remanu.web.context import here


@dataclass(frozen=True, slots=True)
class Place:
    """A jurisdiction with its word, and what stands against a green one; `single` where one fact would change it."""

    name: str
    kind: str
    word: str
    against: list[str]
    single: bool


def as_if(case: CaseView) -> list[Place]:
    """The verdict in each jurisdiction as if the submitted unit were released and labelled today, green ones first."""
    database = here().database
    with database.reading() as connection:
        found = queries.released_today(connection, case, database.clock.now())
    return [
        _place(found[code]) for code in sorted(found, key=lambda one: (found[one].word not in GREEN, one))
    ]


def _place(verdict: Verdict) -> Place:
    kind, word = said.sign(verdict.word)
    against = [
        *(said.reason(one, {}) for one in verdict.failures),
        *(said.condition(one) for one in verdict.conditions if one.state != "met"),
    ]
    return Place(
        side(verdict.jurisdiction), kind, word, list(dict.fromkeys(against)), len(verdict.missing) == 1
    )
