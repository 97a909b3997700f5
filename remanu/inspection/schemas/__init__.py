"""Shapes of what is typed in inspection, and its table of verbs."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import url_for

from remanu.inspection import actions, queries
from remanu.inspection.queries import Ready
from remanu.inspection.schemas import context, forms
from remanu.ledger.kinds import Recorded
from remanu.parts.schemas import ON_CASE, ON_ITEM
from remanu.web.acts import On, Values, Verb
from remanu.web.words import N_


def _calibration_state(one: Ready) -> str:
    return one.calibration or "never"


def _instruments_page(_one: Any) -> str:
    return url_for("inspection.instruments")


def _sheet_of(row: Any) -> str:
    return url_for("inspection.dispositions", case_id=row.case_id)


ON_INSTRUMENT = On("instruments/<target_id>", queries.find_instrument, _calibration_state, _instruments_page)
ON_NONCONFORMITY = On(
    "nonconformities/<target_id>",
    queries.find_nonconformity,
    lambda row: "open" if row.closed_at is None else "closed",
    _sheet_of,
)


def _measured(done: Recorded[Any]) -> Values:
    b = done.body
    return {
        "measurement": b.measurement,
        "characteristic": b.characteristic,
        "stage": b.stage,
        "zone": b.zone,
        "proposal": b.proposal,
        "because": b.because,
    }


def _after_measuring(item: Any, answer: Values) -> str:
    """What the result means, with the next characteristic one tap away."""
    just = urlencode({"just": answer["more"]["measurement"]})
    return f"{url_for('inspection.measurements', item_id=item.id)}?{just}"


def _disposed(done: Recorded[Any]) -> Values:
    return {"case": done.body.case, "disposition": done.body.disposition}


def _after_disposing(_item: Any, answer: Values) -> str:
    return url_for("inspection.dispositions", case_id=answer["more"]["case"])


def _raised(done: Recorded[Any]) -> Values:
    return {"nonconformity": done.body.nonconformity, "case": done.body.case}


def _after_step(case: Any, _answer: Values) -> str:
    return url_for("inspection.dispositions", case_id=case.id)


VERBS: tuple[Verb, ...] = (
    Verb(
        "inspection.calibrate",
        N_("Record a calibration"),
        ON_INSTRUMENT,
        forms.Calibrate,
        actions.calibrate,
        context=context.calibrating,
    ),
    Verb(
        "inspection.measure",
        N_("Measure"),
        ON_ITEM,
        forms.Measure,
        actions.measure,
        context=context.measuring,
        then=_after_measuring,
        answer=_measured,
    ),
    Verb(
        "inspection.inspect",
        N_("Everything is measured"),
        ON_CASE,
        forms.Nothing,
        actions.inspect,
        then=_after_step,
    ),
    Verb(
        "inspection.dispose",
        N_("Decide what becomes of it"),
        ON_ITEM,
        forms.Dispose,
        actions.dispose,
        context=context.deciding,
        then=_after_disposing,
        answer=_disposed,
    ),
    Verb(
        "inspection.disposition",
        N_("Close the disposition sheet"),
        ON_CASE,
        forms.Nothing,
        actions.disposition,
    ),
    Verb(
        "inspection.raise_nonconformity",
        N_("Raise a nonconformity"),
        ON_ITEM,
        forms.Raise,
        actions.raise_nonconformity,
        then=_after_disposing,
        answer=_raised,
    ),
    Verb(
        "inspection.close_nonconformity",
        N_("Close the nonconformity"),
        ON_NONCONFORMITY,
        forms.Close,
        actions.close_nonconformity,
        context=context.closing,
    ),
)
