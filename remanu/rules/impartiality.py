"""Who may evaluate, review and decide in a certification body, by person over everything done in the file (I34).

Callers hand in persons, never accounts or roles: two accounts of one human being are one (T9). Whoever belongs to the
client, or says that he advised him within two years, does none of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from remanu.rules.duties import Act

EVALUATES = frozenset({"check_clauses", "raise_findings", "take_answer", "finish_evaluation", "surveil"})
# What decides in the client's favour, or against him; stopping a danger is open to whoever sees it.
DECIDES = frozenset(
    {
        "grant_certification",
        "refuse_certification",
        "extend_scope",
        "reinstate_certification",
        "standard_transition",
    }
)
REVIEWS = frozenset({"finish_review"})
DECLARES = EVALUATES | DECIDES | REVIEWS
"""Acts before which a person declares that he is impartial."""
_AGAINST = frozenset(
    {"decline_application", "raise_complaint", "reduce_scope", "suspend_certification", "withdraw_certification"}
)
_BARS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(DECIDES | REVIEWS, EVALUATES),
    # Whoever judged does not evaluate the same file afterwards.
    **dict.fromkeys(EVALUATES, DECIDES),
    # An appeal against a decision is answered by somebody who had no part in it.
    "answer_complaint": DECIDES | REVIEWS | EVALUATES | _AGAINST,
}


def barred(verb: str, person: str, acts: Iterable[Act]) -> tuple[Act, ...]:
    """The acts in the file that bar this person from the verb (I34)."""
    against = _BARS.get(verb, frozenset())
    return tuple(act for act in acts if act.person == person and act.verb.rpartition(".")[2] in against)


def impartial(person: str, declared: Iterable[tuple[str, bool]]) -> bool | None:
    """Whether a person declared himself free of interests; no account of his said no; None where none spoke."""
    said = [clear for who, clear in declared if who == person]
    return all(said) if said else None
