"""Shapes of what is typed of printers, and their verbs."""

from __future__ import annotations

from typing import Any

from flask import url_for
from marshmallow import ValidationError
from sqlalchemy.engine import Connection

from remanu.labelling import actions, queries
from remanu.labelling.queries import Row
from remanu.labelling.schemas.labels import Nothing
from remanu.web import shape
from remanu.web.acts import On, Values, Verb
from remanu.web.context import actor, here
from remanu.web.words import N_

DRIVER_WORDS = {
    "pdf": N_("People print the PDF themselves"),
    "zpl": N_("Over the network, in ZPL"),
}


class Outlet(shape.Line):
    """What the operator calls a network printer in the settings; empty where people print the PDF themselves."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        plain = super()._deserialize(value, attr, data, **more)
        if plain and here().config.printer_at(actor().org_id, plain) is None:
            raise ValidationError("printer-not-allowed")
        return plain


class Printer(shape.Form):
    """A printer and what it prints on."""

    name = shape.Line(required=True, limit=120, metadata={"label": N_("Name of the printer")})
    driver = shape.Choice(
        *actions.DRIVERS,
        required=True,
        metadata={"label": N_("How it is reached"), "choices": tuple(DRIVER_WORDS.items())},
    )
    outlet = Outlet(
        load_default="",
        metadata={
            "label": N_("Name in the settings"),
            "help": N_("For a network printer: what the operator calls it in the settings of the installation."),
            "widget": "code",
        },
    )
    media = shape.Line(
        required=True,
        limit=40,
        metadata={"label": N_("Stock in it"), "widget": "choice", "choices": queries.stocks()},
    )
    dpi = shape.Whole(
        required=True,
        metadata={
            "label": N_("Dots per inch"),
            "widget": "choice",
            "choices": tuple((str(one), str(one)) for one in actions.DPIS),
        },
    )


def _length(label: str) -> shape.Amount:
    return shape.Amount("mm", required=True, metadata={"label": label, "widget": "amount", "unit": "mm"})


class Calibrate(shape.Form):
    """Four lengths, measured on the printed page."""

    left = _length(N_("From the left edge of the paper to the upright line of the upper left cross"))
    top = _length(N_("From the upper edge of the paper to the level line of the upper left cross"))
    across = _length(N_("From the upper left cross to the upper right one"))
    down = _length(N_("From the upper left cross to the lower left one"))


def _page(printer: Row) -> str:
    return url_for("labelling.printer", printer_id=printer.id)


def _page_of_new(_target: Any, answer: Values) -> str:
    return url_for("labelling.printer", printer_id=answer["more"]["printer"])


def _known(_connection: Connection, printer: Row | None) -> Values:
    if printer is None:
        return {"suggested": {"driver": "pdf", "dpi": "600"}}
    names = ("name", "driver", "outlet", "media", "dpi")
    return {"suggested": {name: str(getattr(printer, name)) for name in names}}


NEW_PRINTER = On(
    "printers", lambda *_: None, lambda _: "", lambda _: url_for("labelling.printers"), travels=False
)
ON_PRINTER = On(
    "printers/<target_id>",
    queries.find_printer,
    lambda one: "retired" if one.retired_at else "in-use",
    _page,
    travels=False,
)

VERBS: tuple[Verb, ...] = (
    Verb(
        "labelling.add_printer",
        N_("Add a printer"),
        NEW_PRINTER,
        Printer,
        actions.add_printer,
        context=_known,
        then=_page_of_new,
        answer=lambda done: {"printer": done.subject.id},
    ),
    Verb(
        "labelling.change_printer",
        N_("Change the printer"),
        ON_PRINTER,
        Printer,
        actions.change_printer,
        context=_known,
    ),
    Verb(
        "labelling.calibrate_printer",
        N_("Enter what was measured"),
        ON_PRINTER,
        Calibrate,
        actions.calibrate_printer,
    ),
    Verb("labelling.retire_printer", N_("Retire the printer"), ON_PRINTER, Nothing, actions.retire_printer),
)
