"""Shapes of what is typed in inspection, and its table of verbs."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import url_for

from remanu.inspection import actions, queries
from remanu.inspection.queries import Ready
from remanu.inspection.schemas import bench, board, boarded, context, entry, forms
from remanu.ledger.kinds import Recorded
from remanu.parts.schemas import ON_CASE, ON_ITEM
from remanu.rules.findings import DOUBTFUL
from remanu.web.acts import On, Values, Verb
from remanu.web.words import N_


def _calibration_state(one: Ready) -> str:
    return one.calibration or "never"


def _instruments_page(_one: Any) -> str:
    return url_for("inspection.instruments")


def _calibrated(done: Recorded[Any]) -> Values:
    return {"calibration": done.body.calibration, "result": done.body.result}


def _after_calibrating(one: Any, answer: Values) -> str:
    """Where it was out of tolerance, to what rests on it; else to the list."""
    if answer["more"]["result"] in DOUBTFUL:
        return url_for("inspection.uses", instrument_id=one.id)
    return _instruments_page(one)


ON_INSTRUMENT = On("instruments/<target_id>", queries.find_instrument, _calibration_state, _instruments_page)


# The organisation's own rule stands at an address without a target, a case's own at that of the case.
ON_BENCH = On("bench", ON_CASE.find, ON_CASE.state, _instruments_page)


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


def _repeated(done: Recorded[Any]) -> Values:
    b = done.body
    return {"repeat": b.repeat, "measurement": b.measurement, "drift": b.drift, "agrees": b.agrees}


def _condemned(done: Recorded[Any]) -> Values:
    return {"condemnation": done.body.condemnation, "case": done.body.case, "results": len(done.body.results)}


def _after_setting(case: Any, _answer: Values) -> str:
    return _instruments_page(None) if case is None else url_for("inspection.dispositions", case_id=case.id)


def _after_measuring(item: Any, answer: Values) -> str:
    """What the result means, with the next characteristic one tap away."""
    just = urlencode({"just": answer["more"]["measurement"]})
    return f"{url_for('inspection.measurements', item_id=item.id)}?{just}"


def _disposed(done: Recorded[Any]) -> Values:
    return {"case": done.body.case, "disposition": done.body.disposition}


def _after_disposing(item: Any, answer: Values) -> str:
    """The sheet, opened at the line that was decided: it is long, and the next line follows."""
    return url_for("inspection.dispositions", case_id=answer["more"]["case"], _anchor=f"c-{item.id}")


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
        then=_after_calibrating,
        answer=_calibrated,
    ),
    Verb(
        "inspection.measure",
        N_("Measure"),
        ON_ITEM,
        entry.Measure,
        actions.measure,
        context=bench.measuring,
        then=_after_measuring,
        answer=_measured,
    ),
    Verb(
        "inspection.examine",
        N_("Record a non-destructive test"),
        ON_ITEM,
        entry.Examine,
        actions.examine,
        context=bench.measuring,
        then=_after_measuring,
        answer=_measured,
    ),
    Verb(
        "inspection.repeat",
        N_("Read a second time"),
        ON_ITEM,
        entry.Repeat,
        actions.repeat,
        context=bench.repeating,
        then=_after_measuring,
        answer=_repeated,
    ),
    Verb(
        "inspection.condemn",
        N_("Too damaged to measure"),
        ON_ITEM,
        entry.Condemn,
        actions.condemn,
        context=bench.condemning,
        then=_after_disposing,
        answer=_condemned,
    ),
    Verb(
        "inspection.set_bench",
        N_("How we measure"),
        ON_CASE,
        entry.SetBench,
        actions.set_bench,
        context=bench.setting,
        then=_after_setting,
        begins=ON_BENCH,
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
        board.ON_NONCONFORMITY,
        forms.Close,
        actions.close_nonconformity,
        context=boarded.board,
    ),
    *board.VERBS,
)
