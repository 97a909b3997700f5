"""What acts on parts are about, shapes of what is typed of parts, and their table of verbs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import url_for
from sqlalchemy.engine import Connection

from remanu.catalogue.queries import pack_of
from remanu.families.family import Family
from remanu.ledger.kinds import Recorded
from remanu.parts import actions, queries
from remanu.parts.queries import CaseView, Row
from remanu.parts.schemas import identifiers, lives, trees
from remanu.parts.schemas.counted import counter_names, named
from remanu.parts.schemas.evidence import Evidence
from remanu.parts.schemas.links import LinkRecord
from remanu.parts.schemas.lives import ORIGIN_WORDS
from remanu.rules import observed
from remanu.web import acts, shape
from remanu.web.acts import Field, On, Values, Verb
from remanu.web.locale import current, gettext
from remanu.web.shell import unit
from remanu.web.words import N_

MARK_WORDS = {
    "plate": N_("Data plate"),
    "stamped": N_("Stamped"),
    "cast": N_("Cast in"),
    "etched": N_("Etched"),
    "maker_code": N_("The maker's code or label"),
    "other": N_("Another mark"),
}
HOLD_WORDS = {
    "identity": N_("Its identity is not clear"),
    "ownership": N_("Its ownership is not clear"),
    "hazard": N_("There is a hazard"),
    "suspect": N_("It may not be what it claims to be"),
    "paper": N_("A document is missing"),
    "parts": N_("A part or material is missing"),
    "enquiry": N_("An enquiry is open"),
    "other": N_("Another reason"),
}
FIELD_WORDS = {
    "fault": N_("A fault"),
    "damage": N_("Damage from outside"),
    "repair": N_("A repair in service"),
    "inspection": N_("An inspection in service"),
    "recall": N_("A recall notice"),
    "moved": N_("It went to another place or machine"),
    "other": N_("Something else"),
}


def note() -> shape.Note:
    """A note that is sealed for the organisation's own eyes."""
    words = {"label": N_("Note"), "help": N_("Only your own organisation can read it.")}
    return shape.Note(limit=2000, load_default=None, metadata=words)


class ReadMark(shape.Form):
    """A mark exactly as it stands on the part."""

    kind = shape.Choice(
        *observed.MARK_KINDS,
        required=True,
        metadata={"label": N_("Where it stands"), "choices": tuple(MARK_WORDS.items())},
    )
    mark = shape.Line(
        required=True,
        metadata={
            "label": N_("The mark, character by character"),
            "help": N_("Copy it as it is, or scan it."),
            "widget": "scan",
        },
    )
    evidence = Evidence()


class ReadCounter(shape.Form):
    """What a counter of the family shows; a unit of the same kind may be given, else it is the family's."""

    counter = shape.Line(required=True, metadata={"label": N_("Counter"), "widget": "choice"})
    rating = shape.Line(load_default="", metadata={"label": N_("Split"), "widget": "choice"})
    value = shape.Line(required=True, limit=40, metadata={"label": N_("What it shows"), "widget": "amount"})
    unit = shape.Line(load_default=None, limit=20, metadata={"hidden": True})
    origin = shape.Choice(
        *observed.READING_ORIGINS,
        required=True,
        metadata={"label": N_("Where the value comes from"), "choices": tuple(ORIGIN_WORDS.items())},
    )
    corrects = shape.Line(
        load_default=None,
        metadata={
            "label": N_("It takes the place of a wrong reading"),
            "help": N_("The wrong one stays in the record and counts no more."),
            "widget": "choice",
        },
    )
    at = lives.when()
    why = shape.Line(
        load_default=None,
        metadata={
            "label": N_("Why the other one was wrong, or why it is entered late"),
            "help": N_("Needed for a correction, and when it was read more than a day ago. Anybody may read this."),
        },
    )
    evidence = Evidence()


class Attach(shape.Form):
    """Photos and documents that belong to the part."""

    evidence = Evidence(required=True)


class Hold(shape.Form):
    """Why the work stops."""

    why = shape.Choice(
        *observed.HOLD_REASONS,
        required=True,
        metadata={"label": N_("Reason"), "choices": tuple(HOLD_WORDS.items())},
    )
    note = note()


class LiftHold(shape.Form):
    """Which hold ends."""

    hold_id = shape.Line(required=True, metadata={"label": N_("Hold"), "widget": "choice"})
    note = note()


class FieldEvent(shape.Form):
    """What happened in service, and when."""

    what = shape.Choice(
        *observed.FIELD_EVENTS,
        required=True,
        metadata={"label": N_("What happened"), "choices": tuple(FIELD_WORDS.items())},
    )
    at = shape.Instant(
        load_default=None,
        metadata={"label": N_("When"), "help": N_("Leave it empty when it happened just now.")},
    )
    why = shape.Line(
        load_default=None,
        metadata={
            "label": N_("Why it is entered late"),
            "help": N_("Needed when it happened more than a day ago. Anybody may read this."),
        },
    )
    note = note()


class ReturnCore(shape.Form):
    """Nothing but the decision, and a note."""

    note = note()


def _counter_fields(connection: Connection, item: Row, schema: type[shape.Form]) -> Sequence[Field]:
    family, language = pack_of(connection, item), current()
    readings = queries.standing(queries.counters(connection, item.org_id, item.id))
    called = counter_names(family)
    offered = {
        "counter": [(one.code, f"{one.names.text(language)} ({unit(one.unit)})") for one in family.counters],
        "rating": list(_ratings(family, language).items()),
        "corrects": [(row.id, f"{named(called, row)} · {row.value} {unit(row.unit)}") for row in readings],
    }
    absent = {name for name, choices in offered.items() if not choices}
    return [
        replace(one, choices=offered.get(one.name, one.choices))
        for one in acts.plain_fields(schema)
        if one.name not in absent
    ]


def _ratings(family: Family, language: str) -> dict[str, str]:
    """Each rating once: counters may share a code, and what it is called by each of them stands in one line."""
    words: dict[str, list[str]] = {}
    for split in (each for one in family.counters for each in one.ratings):
        words.setdefault(split.code, []).append(split.names.text(language))
    return {code: " / ".join(dict.fromkeys(said)) for code, said in words.items()}


def _hold_fields(connection: Connection, case: CaseView, schema: type[shape.Form]) -> Sequence[Field]:
    holds = queries.open_holds(connection, case.org_id, case.id)
    choices = [(row.id, gettext(HOLD_WORDS[row.reason])) for row in holds]
    return [
        replace(one, choices=choices if one.name == "hold_id" else one.choices)
        for one in acts.plain_fields(schema)
    ]


def _only_hold(connection: Connection, case: CaseView) -> Values:
    """One hold alone is chosen already."""
    holds = queries.open_holds(connection, case.org_id, case.id)
    return {"suggested": {"hold_id": holds[0].id} if len(holds) == 1 else {}}


def _no_case(_connection: Connection, _org_id: str, _target_id: str) -> None:
    """A verb that begins a case has nothing to find."""


def _page_of_case(case: CaseView | None) -> str:
    return url_for("parts.home") if case is None else url_for("parts.part", item_id=case.item.id)


def _page_of_item(item: Any) -> str:
    return url_for("parts.part", item_id=item.id)


ON_CASE = On(
    "cases/<target_id>",
    queries.find_case,
    lambda case: str(case.state),
    _page_of_case,
    chain=lambda case: str(case.item.id),
)
ON_NEW_CASE = On("cases", _no_case, lambda _case: "", _page_of_case)
ON_ITEM = On(
    "parts/<target_id>",
    queries.find_item,
    lambda item: str(item.condition),
    _page_of_item,
    chain=lambda item: str(item.id),
)


def _trace(item: Any, _answer: Values) -> str:
    return url_for("parts.back_to_birth", item_id=item.id)


def _tree(item: Any, _answer: Values) -> str:
    return url_for("parts.tree", item_id=item.id)


def _fitted(done: Recorded[Any]) -> Values:
    return {"item": done.subject.id, "installation": done.body.installation}


def _removed(done: Recorded[Any]) -> Values:
    return {"host": done.body.host, "installation": done.body.installation}


VERBS: tuple[Verb, ...] = (
    Verb("parts.read_mark", N_("Read a mark"), ON_ITEM, ReadMark, actions.read_mark),
    Verb(
        "parts.read_counter",
        N_("Read a counter"),
        ON_ITEM,
        ReadCounter,
        actions.read_counter,
        fields=_counter_fields,
        context=lives.asked_counter,
    ),
    Verb(
        "parts.read_split",
        N_("Read a counter by ratings"),
        ON_ITEM,
        lives.ReadSplit,
        actions.read_split,
        fields=lives.split_fields,
        context=lives.split_context,
    ),
    Verb(
        "parts.trace_installation",
        N_("Enter an earlier installation"),
        ON_ITEM,
        lives.TraceInstallation,
        actions.trace_installation,
        fields=lives.trace_fields,
        context=lives.trace_context,
        then=_trace,
    ),
    Verb("parts.control_part", N_("Keep it apart"), ON_ITEM, lives.ControlPart, actions.control_part),
    Verb("parts.link_record", N_("Link its other record"), ON_ITEM, LinkRecord, actions.link_record),
    Verb("parts.attach", N_("Add photos or documents"), ON_ITEM, Attach, actions.attach),
    Verb(
        "parts.fit",
        N_("Fit a part into it"),
        ON_ITEM,
        trees.Fit,
        trees.fit,
        context=trees.counted,
        then=_tree,
        answer=_fitted,
        # What was fitted sits there and counts: it is taken back by an act that anybody may read, as a mistake.
        undo="parts.remove",
        slip=lambda _host, answer: (answer["more"]["item"], {"why": "mistake"}),
    ),
    Verb(
        "parts.remove",
        N_("Take it out"),
        ON_ITEM,
        trees.Remove,
        actions.remove,
        context=trees.leaving,
        answer=_removed,
    ),
    Verb("parts.hold", N_("Put on hold"), ON_CASE, Hold, actions.hold),
    Verb(
        "parts.lift_hold",
        N_("Lift the hold"),
        ON_CASE,
        LiftHold,
        actions.lift_hold,
        fields=_hold_fields,
        context=_only_hold,
    ),
    Verb("parts.field_event", N_("Record an event in service"), ON_CASE, FieldEvent, actions.field_event),
    Verb(
        "parts.return_core", N_("Take the part back as a core"), ON_CASE, ReturnCore, actions.return_core
    ),
    *identifiers.verbs(ON_ITEM),
)
