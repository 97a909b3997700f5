"""Shapes of what is typed of labels and deliveries, and their table of verbs."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import request, url_for
from sqlalchemy.engine import Connection

from remanu.accounts.schemas import Day
from remanu.catalogue.queries import pack_of
from remanu.labelling import actions, queries
from remanu.labelling.queries import Row
from remanu.ledger.kinds import Recorded
from remanu.parts.queries import CaseView
from remanu.parts.schemas import ON_CASE, ON_ITEM
from remanu.parts.schemas.evidence import Evidence
from remanu.web import shape
from remanu.web.acts import On, Values, Verb
from remanu.web.context import actor, here
from remanu.web.locale import NAMES, current
from remanu.web.words import N_

KIND_WORDS = {"label": N_("Label"), "tag": N_("Tag")}
PLACEMENT_WORDS = {
    "part": N_("On the part"),
    "packing": N_("On the packing"),
    "document": N_("With the documents"),
}
WHY_WORDS = {
    "damaged": N_("It is damaged"),
    "unreadable": N_("It cannot be read"),
    "misprinted": N_("It is misprinted"),
    "wrong-part": N_("It sits on the wrong part"),
    "words-changed": N_("What it says has changed"),
    "copied": N_("There seem to be copies of it"),
    "removed": N_("It was taken off"),
    "other": N_("Another reason"),
}
_STOCK = "roll-70x40"
# The titles of labels/media, which are data, are said in other languages too.
STOCKS = (
    N_("A4 sheet, 3 × 7 labels of 63.5 × 38.1 mm"),
    N_("A4 sheet, 2 × 4 labels of 99.1 × 67.7 mm"),
    N_("Letter sheet, 2 × 5 labels of 4 × 2 in"),
    N_("Roll 50 × 30 mm, 203 dpi"),
    N_("Roll 70 × 40 mm, 203 dpi"),
    N_("A4 sheet, 3 × 6 labels of 63.5 × 46.6 mm"),
    N_("A4 sheet, 2 × 8 labels of 99.1 × 33.9 mm"),
    N_("A4 sheet, 2 × 7 labels of 99.1 × 38.1 mm"),
    N_("A4 sheet, 3 × 4 labels of 63.5 × 71.98 mm"),
    N_("A4 sheet, 5 × 13 labels of 38.1 × 21.2 mm"),
    N_("A4 sheet, 10 × 27 labels of 17.8 × 10 mm"),
    N_("A4 sheet, 7 × 27 labels of 25.4 × 10 mm"),
    N_("A4 sheet, 4 × 10 labels of 45.7 × 25.4 mm"),
    N_("A4 sheet, 4 × 12 labels of 45.72 × 21.2 mm"),
    N_("Letter sheet, 3 × 10 labels of 66.67 × 25.4 mm"),
    N_("Letter sheet, 4 × 20 labels of 44.45 × 12.7 mm"),
    N_("Letter sheet, 4 × 8 labels of 44.45 × 31.75 mm"),
    N_("Roll 30 × 20 mm, 203 dpi"),
    N_("Roll 45 × 30 mm, 203 dpi"),
    N_("Roll 60 × 40 mm, 203 dpi"),
    N_("Roll 62 × 29 mm, 300 dpi"),
    N_("Roll 62 × 40 mm, 300 dpi"),
    N_("Roll 90 × 29 mm, 300 dpi"),
    N_("Roll 89 × 28 mm, 300 dpi"),
    N_("Roll 102 × 152 mm, 300 dpi"),
    N_("Roll 70 × 24 mm, 300 dpi"),
    N_("Roll 70 × 12 mm, 300 dpi"),
    N_("Roll 70 × 18 mm, 300 dpi"),
    N_("Roll 89 × 25 mm, 300 dpi"),
    N_("A4 sheet, 2 × 4 labels of 99.1 × 67.7 mm, two symbols"),
    N_("Letter sheet, 2 × 5 labels of 4 × 2 in, two symbols"),
    N_("Roll 102 × 152 mm, 300 dpi, two symbols"),
)


def _media(**options: Any) -> shape.Line:
    words = {"label": N_("Stock"), "widget": "choice", "choices": queries.stocks()}
    return shape.Line(limit=40, metadata=words, **options)


def _language(**options: Any) -> shape.Choice:
    words = {"label": N_("Language"), "choices": tuple(NAMES.items())}
    return shape.Choice(*NAMES, metadata=words, **options)


def _why() -> shape.Choice:
    words = {"label": N_("Reason"), "choices": tuple(WHY_WORDS.items())}
    return shape.Choice(*actions.WHY, required=True, metadata=words)


class Reserve(shape.Form):
    """Where the label goes, and on what it is printed; its words come from the release."""

    kind = shape.Choice(*actions.KINDS, load_default=None, metadata={"hidden": True})
    placement = shape.Choice(
        *actions.PLACEMENTS,
        required=True,
        metadata={"label": N_("Place"), "choices": tuple(PLACEMENT_WORDS.items())},
    )
    locale = _language(required=True)
    media = _media(required=True)


class Print(shape.Form):
    """Which printer prints it, on which stock."""

    printer = shape.Line(required=True, metadata={"label": N_("Printer")})
    media = _media(load_default=None)


class Apply(shape.Form):
    """The photo that shows the label in its place."""

    evidence = Evidence(
        required=True,
        metadata={
            "label": N_("Photo of the label in its place"),
            "help": N_("Show the serial plate beside it where you can."),
        },
    )


class ReadBack(shape.Form):
    """What the scanner read."""

    code = shape.Line(
        required=True,
        limit=2048,
        metadata={
            "label": N_("What the scanner read"),
            "help": N_("Or type it: the long code, a slash, and the six characters that stand after the host."),
            "widget": "scan",
        },
    )


class Supersede(shape.Form):
    """Why another label is needed; it takes place, stock and language over unless others are chosen."""

    why = _why()
    media = _media(load_default=None)
    locale = _language(load_default=None)


class Because(shape.Form):
    """The reason."""

    why = _why()


class Nothing(shape.Form):
    """Nothing but the decision."""


class Deliver(shape.Form):
    """To whom, with which delivery note, and since when the warranty runs."""

    customer = shape.Line(
        required=True,
        metadata={"label": N_("Customer"), "help": N_("Only your own organisation can read it.")},
    )
    delivery_note = shape.Line(
        required=True,
        metadata={
            "label": N_("Number of the delivery note"),
            "help": N_("Only your own organisation can read it."),
        },
    )
    warranty_from = Day(
        required=True, metadata={"label": N_("First day of the warranty"), "widget": "day"}
    )
    import_checked = shape.Yes(
        load_default=False,
        metadata={
            "label": N_("Import conditions are checked"),
            "help": N_("Tick it too where the part stays in its country."),
        },
    )


def _page_of_label(label: Row) -> str:
    return url_for("labelling.label", label_id=label.id)


def _page_of_reserved(_target: Any, answer: Values) -> str:
    return url_for("labelling.label", label_id=answer["more"]["label"])


def _reserved(done: Recorded[Any]) -> Values:
    new = getattr(done.body, "replacement", done.body)
    return {"label": new.label, "code": new.code, "payload": new.payload}


def _to_reserve(connection: Connection, item: Row) -> Values:
    """What the family's pack plans, in the language of the page, on the stock used last."""
    earlier = queries.labels_of(connection, item.org_id, item.id)
    suggested = {
        "placement": pack_of(connection, item).label.placement,
        "locale": current(),
        "media": earlier[0].media if earlier else _STOCK,
    }
    return {"kind": queries.kind_for(connection, item), "suggested": suggested}


def _to_print(connection: Connection, label: Row) -> Values:
    words = queries.words_of(connection, label)
    said = queries.drawn(label, words, demonstration=here().config.demonstration)
    stock = queries.stock_at(connection, label.org_id, label.kind, label.media)
    return {"suggested": {"media": label.media}, "said": said, "stock": stock}


def _to_read_back(_connection: Connection, _label: Row) -> Values:
    """What the camera read comes back in the address and waits in the field for the decision."""
    return {"suggested": {"code": request.args.get("text", "")}}


def _to_supersede(_connection: Connection, label: Row) -> Values:
    return {"suggested": {"media": label.media, "locale": label.locale}}


def _to_deliver(_connection: Connection, _case: CaseView) -> Values:
    return {"suggested": {"warranty_from": _today().isoformat()}}


def _today() -> date:
    return here().database.clock.now().astimezone(ZoneInfo(actor().zone)).date()


ON_LABEL = On("labels/<target_id>", queries.find_label, lambda label: str(label.state), _page_of_label)

VERBS: tuple[Verb, ...] = (
    Verb(
        "labelling.reserve",
        N_("Reserve a label"),
        ON_ITEM,
        Reserve,
        actions.reserve,
        context=_to_reserve,
        then=_page_of_reserved,
        answer=_reserved,
    ),
    Verb(
        "labelling.print",
        N_("Print the label"),
        ON_LABEL,
        Print,
        actions.print,
        context=_to_print,
    ),
    Verb("labelling.apply", N_("Put the label on"), ON_LABEL, Apply, actions.apply),
    Verb(
        "labelling.read_back",
        N_("Read the label back"),
        ON_LABEL,
        ReadBack,
        actions.read_back,
        context=_to_read_back,
    ),
    Verb(
        "labelling.supersede",
        N_("Replace the label"),
        ON_LABEL,
        Supersede,
        actions.supersede,
        context=_to_supersede,
        then=_page_of_reserved,
        answer=_reserved,
    ),
    Verb("labelling.report_lost", N_("Report the label lost"), ON_LABEL, Nothing, actions.report_lost),
    Verb("labelling.revoke", N_("Revoke the label"), ON_LABEL, Because, actions.revoke),
    Verb("labelling.destroy", N_("Record that it is destroyed"), ON_LABEL, Because, actions.destroy),
    Verb(
        "labelling.deliver", N_("Deliver the part"), ON_CASE, Deliver, actions.deliver, context=_to_deliver
    ),
)
