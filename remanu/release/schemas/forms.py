"""Shapes of what is typed about dossiers and certificates, and the words of their answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marshmallow import ValidationError, fields, post_load

from remanu.accounts.schemas import Signed
from remanu.parts.schemas.evidence import Evidence
from remanu.release import actions, queries
from remanu.web import shape
from remanu.web.acts import Values
from remanu.web.words import CLASSES, GATES, N_, REASONS

ORIGIN_WORDS = {
    "new": N_("New"),
    "reman": N_("Remanufactured elsewhere"),
    "used_serviceable": N_("Used, serviceable"),
}
# What is signed, so that whoever signs reads it in the language of the page.
MEANING_WORDS = (
    N_("I certify that the work on this unit was done and inspected as its dossier states, and release it."),
    N_("I certify that this certificate corrects the one it names, which no longer speaks for the unit."),
    N_("I revoke the release of this unit for good; it must not be relied on."),
    N_("I looked into what was doubted, and certify that the release of this unit is sound."),
    N_("I certify that this unit was rebuilt by its maker and begins its record at zero time."),
)
STATEMENT_WORDS = {
    "none-above": N_("No restricted substance is above its limit"),
    "some-above": N_("These substances are above their limit"),
}
BASIS_WORDS = {
    "homogeneous-material": N_("Largest share in one homogeneous material"),
    "first-article": N_("Largest share in one first article"),
}
_NOTE = 2000
_DIGEST = 64


def _words(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, REASONS[name]) for name in names)


def _reason(names: Sequence[str], label: str = N_("Reason")) -> shape.Choice:
    return shape.Choice(*names, required=True, metadata={"label": label, "choices": _words(names)})


class Substances(fields.List[Any]):
    """Abbreviations of substances above a limit; on pages boxes named `substances.0` and so on."""

    def __init__(self) -> None:
        """None where nothing is above a limit."""
        label = N_("Substances above their limit")
        super().__init__(
            shape.Line(limit=12), load_default=(), metadata={"widget": "several", "label": label}
        )

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        return tuple(sorted(set(super()._deserialize(value, attr, data, **more))))


class Shares(fields.Dict):
    """The largest share of each substance in millionths, by abbreviation; on pages fields named `shares.Pb`."""

    def __init__(self) -> None:
        """None where nobody measured or asked his suppliers."""
        label = N_("Largest shares by substance")
        super().__init__(
            keys=shape.Line(limit=12),
            values=shape.Line(limit=30),
            load_default=None,
            allow_none=True,
            metadata={"label": label, "widget": "shares"},
        )


class Submit(shape.Form):
    """What quality adds to the record: the declaration of substances, the warranty, and an explained balance."""

    hazards = shape.Choice(
        *actions.STATEMENTS,
        required=True,
        metadata={"label": N_("Hazardous substances"), "choices": tuple(STATEMENT_WORDS.items())},
    )
    regime = shape.Line(required=True, limit=60, metadata={"label": N_("By which rules"), "widget": "choice"})
    substances = Substances()
    shares = Shares()
    warranty_days = shape.Whole(
        load_default=None, allow_none=True, metadata={"label": N_("Warranty in days")}
    )
    balance = shape.Choice(
        *actions.EXCEPTIONS,
        load_default=None,
        metadata={"label": N_("Why the mass balance does not close"), "choices": _words(actions.EXCEPTIONS)},
    )


    scheme = shape.Line(
        load_default=None,
        limit=60,
        metadata={
            "label": N_("Scheme under which it is released"),
            "help": N_("Its word stands beside the class. Left open, the word that the family goes by stands there."),
        },
    )


class SendBack(shape.Form):
    """A finding for each part of the dossier that is not in order; at least one."""

    identity = shape.Note(limit=_NOTE, metadata={"label": GATES["identity"]})
    teardown = shape.Note(limit=_NOTE, metadata={"label": GATES["teardown"]})
    measurements = shape.Note(limit=_NOTE, metadata={"label": GATES["measurements"]})
    operations = shape.Note(limit=_NOTE, metadata={"label": GATES["operations"]})
    lives = shape.Note(limit=_NOTE, metadata={"label": GATES["lives"]})
    tests = shape.Note(limit=_NOTE, metadata={"label": GATES["tests"]})
    concessions = shape.Note(limit=_NOTE, metadata={"label": GATES["concessions"]})
    substances = shape.Note(limit=_NOTE, metadata={"label": GATES["substances"]})
    mass_balance = shape.Note(limit=_NOTE, metadata={"label": GATES["mass_balance"]})

    @post_load
    def gather(self, values: Values, **_: Any) -> Values:
        """All findings under one name, by gate."""
        if not values:
            raise ValidationError({gate: ["nothing-found"] for gate in queries.GATES[:1]})
        return {"findings": values}


class Downgrade(shape.Form):
    """Which weaker class, why, and that the owner knows."""

    claim_class = shape.Choice(*CLASSES, required=True, metadata={"label": N_("Weaker class")})
    reason = _reason(actions.DOWNGRADES)
    owner_told = shape.Yes(required=True, metadata={"label": N_("The owner was told.")})


class Release(Signed):
    """The digest of the record that the signer saw, and his fresh factor."""

    digest = shape.Line(required=True, limit=_DIGEST, metadata={"hidden": True})


class Correct(Signed):
    """What the correction changes; everything else is drawn from the record again."""

    reason = _reason(actions.SUPERSEDED_BECAUSE, N_("What is corrected"))
    claim_class = shape.Choice(*CLASSES, required=True, metadata={"label": N_("Class")})
    warranty_days = shape.Whole(required=True, metadata={"label": N_("Warranty in days")})
    digest = shape.Line(load_default="", limit=_DIGEST, metadata={"hidden": True})


class Void(shape.Form):
    """Why a drafted number is given up."""

    reason = _reason(actions.VOID_BECAUSE)


class DuplicateCopy(shape.Form):
    """What happened to the paper."""

    reason = _reason(actions.COPIED_BECAUSE, N_("What happened to the paper"))


class RevokeRelease(Signed):
    """Why the release is revoked, in a word that everybody reads; the note stays inside."""

    reason = _reason(actions.REVOKED_BECAUSE, N_("Reason, which everybody reads"))
    holders_notified = shape.Yes(required=True, metadata={"label": N_("The holders were told.")})
    note = shape.Note(load_default="", limit=_NOTE, metadata={"label": N_("Note for your organisation")})


class ReviewRelease(shape.Form):
    """Why the release is doubted, in a word that everybody reads; the note stays inside."""

    reason = _reason(actions.REVIEWED_BECAUSE, N_("Reason, which everybody reads"))
    note = shape.Note(load_default=None, limit=_NOTE, metadata={"label": N_("Note for your organisation")})


class LiftReview(Signed):
    """On what basis the release is sound."""

    basis = _reason(actions.LIFTED_BECAUSE, N_("Why it is sound"))
    note = shape.Note(load_default=None, limit=_NOTE, metadata={"label": N_("Note for your organisation")})


class StateZeroTime(Signed):
    """By which paper the maker's agency acts, where the maker did not rebuild the unit itself."""

    agency = shape.Line(
        load_default=None,
        metadata={
            "label": N_("Paper by which the maker appointed you"),
            "help": N_("Leave it empty where your organisation is the maker. Anybody may read this."),
        },
    )
    evidence = Evidence()


class RecallReturn(shape.Form):
    """Nothing more than that the unit is here."""
