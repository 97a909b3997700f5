"""Shapes of what is typed at the desk: defects, appeals, criteria, accounts, moves, tags, and the basket's acts."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, post_load

from remanu.intake import actions
from remanu.intake.schemas import words
from remanu.intake.schemas.shapes import choice, line
from remanu.parts.schemas import note
from remanu.parts.schemas.evidence import Evidence
from remanu.parts.schemas.trees import WHY_WORDS
from remanu.rules import genealogy
from remanu.web import shape
from remanu.web.words import N_

SHEET_LIMIT = 40_000
_PRICES = ("currency", "deposit", "base", "damaged_percent", "window_days", "tiers")
_DAY: dict[str, Any] = {"invalid": "wrong-type", "format": "wrong-type", "null": "required", "required": "required"}


def _day(label: str, **options: Any) -> fields.Date:
    meta = {"label": label, "widget": "day", "help": options.pop("tip", "")}
    return fields.Date(error_messages=_DAY, metadata=meta, **options)


class NoteDefect(shape.Form):
    """What is wrong, where, how badly; the photo comes first."""

    evidence = Evidence(metadata={"label": N_("Photo"), "help": N_("The defect close up, then where it sits.")})
    code = choice(words.DEFECT_WORDS, N_("What is wrong"), required=True)
    component = shape.Line(required=True, limit=60, metadata={"label": N_("On which component"), "widget": "choice"})
    spot = choice(words.SPOT_WORDS, N_("Where on it"), required=True)
    severity = choice(words.SEVERITY_WORDS, N_("How bad"), required=True)
    note = note()


class StrikeDefect(shape.Form):
    """Why a defect counts no more."""

    why = choice(words.STRUCK_WORDS, N_("Reason"), required=True)


class Appeal(shape.Form):
    """On what ground the owner asks for another grading, with photos."""

    reason = choice(words.APPEAL_WORDS, N_("Ground"), required=True)
    evidence = Evidence(metadata={"label": N_("The owner's photos")})
    note = note()


class DraftCriteria(shape.Form):
    """An edition of criteria: two sheets as a spreadsheet writes them, and the terms of deposits."""

    family = shape.Line(required=True, metadata={"hidden": True})
    programme = shape.Line(required=True, limit=60, metadata={"label": N_("Programme")})
    region = shape.Line(required=True, limit=40, metadata={"label": N_("Region")})
    edition = shape.Line(required=True, limit=40, metadata={"label": N_("Edition")})
    applies_from = _day(N_("Applies from"), required=True)
    applies_until = _day(N_("Last day"), load_default=None, tip=N_("Leave it empty while no end is known."))
    source = shape.Line(required=True, metadata={"label": N_("Where these criteria come from")})
    appeal_days = shape.Whole(required=True, metadata={"label": N_("Days for an appeal"), "example": 30})
    sheet = shape.Note(limit=SHEET_LIMIT, required=True, metadata={"label": N_("Criteria"), "widget": "sheet"})
    discrepancies = shape.Note(
        limit=SHEET_LIMIT,
        load_default="",
        metadata={"label": N_("Defects and add-charges"), "widget": "sheet"},
    )
    currency = line(N_("Currency"), limit=3, example="XTS")
    deposit = line(N_("Deposit a unit"), limit=20, example="100")
    damaged_percent = line(N_("A damaged core is credited, in percent"), limit=10, example="40")
    base = line(N_("Beyond all steps a core is credited"), limit=20, example="0")
    window_days = shape.Whole(
        load_default=None, metadata={"label": N_("Days in which a core answers a unit bought"), "example": 365}
    )
    tiers = line(
        N_("Steps"),
        limit=80,
        tip=N_("Up to so many percent of the units bought, so many percent paid: 110:100, 120:50"),
        example="110:100",
    )

    @post_load
    def _priced(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        given = {name: values.pop(name) for name in _PRICES}
        if all(one is None for one in given.values()):
            return {**values, "priced": None}
        missing = [one for one in ("currency", "deposit", "damaged_percent", "window_days") if given[one] is None]
        if missing:
            raise ValidationError("required", missing[0])
        told = {name: one for name, one in given.items() if one is not None}
        return {**values, "priced": actions.Priced(**told)}


class Nothing(shape.Form):
    """Nothing but the decision."""


class OpenAccount(shape.Form):
    """Whose account it is."""

    customer = shape.Line(
        required=True,
        metadata={"label": N_("Customer"), "help": N_("Only your own organisation can read it.")},
    )
    note = note()


class NotePurchase(shape.Form):
    """Units that were bought with a deposit."""

    criteria = shape.Line(required=True, limit=40, metadata={"label": N_("Programme"), "widget": "choice"})
    units = shape.Whole(required=True, metadata={"label": N_("Units")})
    bought_on = _day(N_("Bought on"), required=True)
    deposit = line(N_("Deposit a unit"), limit=20, tip=N_("Leave it empty for the programme's own."), example="100")
    order = line(N_("Order"), limit=60)


class Settle(shape.Form):
    """To which account a core is credited."""

    account = shape.Line(required=True, limit=40, metadata={"label": N_("Account"), "widget": "choice"})


class Move(shape.Form):
    """Where the part goes."""

    place = shape.Line(
        required=True,
        limit=60,
        metadata={
            "label": N_("Where it stands now"),
            "help": N_("Scan what hangs at the place, or type its name."),
            "widget": "scan-sends",
        },
    )


class IssueTags(shape.Form):
    """How many tags are printed ahead."""

    count = shape.Whole(
        required=True, metadata={"label": N_("How many"), "help": N_("Up to 200 at once."), "example": 3}
    )


class VoidTags(shape.Form):
    """Which tags of a batch no core takes any longer."""

    code = line(
        N_("Code of the tag"),
        limit=200,
        tip=N_("Scan or type it. Leave it empty for all that are left."),
        widget="scan",
    )
    why = choice(words.VOID_WORDS, N_("Reason"), required=True)


class KeepTags(shape.Form):
    """Where the tags of a batch lie."""

    place = shape.Line(
        required=True,
        limit=60,
        metadata={
            "label": N_("Where they lie now"),
            "help": N_("Scan what hangs at the place, or type its name."),
            "widget": "scan-sends",
        },
    )


class Scan(shape.Form):
    """One scanned or typed text."""

    text = shape.Line(required=True, limit=2048)


class TakeOut(shape.Form):
    """Codes that leave the basket."""

    codes = fields.List(shape.Line(limit=40), load_default=list)


class _Seen(shape.Form):
    """The codes that the person saw in the basket when he decided."""

    codes = fields.List(shape.Line(limit=40), required=True, metadata={"hidden": True})


class ReceiveAll(_Seen):
    """One signature and one set of photos for every core of the basket."""

    evidence = Evidence(metadata={"label": N_("Photos"), "help": N_("The whole consignment as it stands there.")})
    signed_by = line(N_("Handed over by"), tip=N_("Who signed for it. Only your own organisation can read it."))
    carrier = line(N_("Carrier"))
    packing = choice(words.PACKING_WORDS, N_("How it came"))
    place = line(N_("Where it stands now"), limit=60)


class AcceptAll(_Seen):
    """A note on the decision."""

    note = note()


class RemoveAll(_Seen):
    """One reason for every part of the basket that is taken out."""

    why = shape.Choice(
        *genealogy.REMOVALS,
        load_default=None,
        metadata={"label": N_("Why it is taken out"), "choices": tuple(WHY_WORDS.items())},
    )
    papers = line(N_("Work order or other document"), tip=N_("Its number. Anybody may read this."))


class MoveAll(_Seen):
    """One place for every part of the basket."""

    place = line(N_("Where it stands now"), limit=60)
