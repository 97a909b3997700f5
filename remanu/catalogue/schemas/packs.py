"""Shapes of what is typed about family packs, what their pages offer, and what their values are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request, url_for
from marshmallow import fields
from sqlalchemy.engine import Connection

from remanu.accounts.schemas import Day, Signed
from remanu.catalogue import queries
from remanu.catalogue.schemas.reasons import PACK_REASONS
from remanu.errors import NotFound
from remanu.families.loader import LIMIT
from remanu.ledger.kinds import Recorded
from remanu.web import shape
from remanu.web.acts import On, Values
from remanu.web.context import actor, here
from remanu.web.locale import current, gettext
from remanu.web.words import N_

PACK_STATES = {"draft": ("attention", N_("Draft")), "approved": ("verified", N_("Approved"))}
TABLE_WORDS = {
    "": N_("What the pack says of itself"),
    "positions": N_("Positions"),
    "counters": N_("Counters"),
    "life_limits": N_("Life limits"),
    "intervals": N_("Intervals"),
    "instrument_classes": N_("Classes of instrument"),
    "characteristics": N_("Characteristics"),
    "criteria": N_("Criteria"),
    "operations": N_("Operations"),
    "tests": N_("Tests"),
    "sources": N_("Sources"),
}
VALUE_WORDS = {
    "new_min": N_("new, at least"),
    "new_max": N_("new, at most"),
    "repair_min": N_("repair limit, at least"),
    "repair_max": N_("repair limit, at most"),
    "service_min": N_("service limit, at least"),
    "service_max": N_("service limit, at most"),
    "min": N_("at least"),
    "max": N_("at most"),
    "limits": N_("limits"),
    "limit": N_("limit"),
    "steps": N_("sizes"),
    "offsets": N_("steps from the standard size"),
    "mates": N_("mates"),
    "points": N_("point"),
    "answers": N_("answer"),
    "outcome": N_("outcome"),
    "ratings": N_("rating"),
    "terms": N_("class"),
    "depth": N_("depth of disassembly"),
    "warranty_days": N_("warranty in days"),
    "new_warranty_days": N_("warranty of the new product in days"),
    "names": N_("name"),
    "en": N_("in English"),
    "zh_hans": N_("in Simplified Chinese"),
    "zh_hant": N_("in Traditional Chinese"),
    "unit": N_("unit"),
    "kind": N_("kind"),
    "direction": N_("direction"),
    "criticality": N_("criticality"),
    "aggregation": N_("what is held against the limits"),
    "sample_points": N_("number of points"),
    "instrument_class": N_("class of instrument"),
    "rework_allowed": N_("rework allowed"),
    "relative_to": N_("times the reading of"),
    "nominal": N_("nominal"),
    "source": N_("source"),
    "text": N_("text"),
    "tag": N_("evidence"),
    "parent": N_("sits in"),
    "quantity": N_("number"),
    "serialised": N_("serialised"),
    "identity_bearer": N_("bears the identity"),
    "mandatory_replace": N_("always replaced"),
    "life_limited": N_("life-limited"),
    "nominal_mass_kg": N_("mass in kilograms"),
    "part_numbers": N_("part numbers"),
    "components": N_("components"),
    "restores": N_("measured again afterwards"),
    "special_process": N_("special process"),
    "max_repairs": N_("how often at most"),
    "mandatory": N_("mandatory"),
    "edition": N_("edition"),
    "applies_from": N_("applies from"),
    "modes": N_("where the work is done"),
    "life_policy": N_("life policy"),
    "claims": N_("classes"),
    "label": N_("label"),
    "fields": N_("what the label carries"),
    "note": N_("note"),
    "interval": N_("interval"),
    "weights": N_("weight"),
    "weight": N_("weighs"),
}


class PackText(shape.Note):
    """The text of a pack: its margin may hold tabs, as editors write them."""

    def _clean(self, name: str, value: str) -> str:
        return super()._clean(name, value.replace("\t", "    "))


class DraftPack(shape.Form):
    """The whole text of a pack."""

    source = PackText(
        required=True,
        limit=LIMIT,
        metadata={
            "label": N_("Text of the pack"),
            "help": N_("TOML, as docs/family-packs.md describes it. Choose a file, or write here."),
            "widget": "source",
        },
    )
    base = shape.Line(load_default=None, limit=60, metadata={"hidden": True})


class ApprovePack(Signed):
    """Nothing but who approves."""


class PutInForce(shape.Form):
    """From which day cases are opened under the pack."""

    applies_from: fields.Field[Any] = Day(
        required=True,
        metadata={
            "label": N_("First day"),
            "help": N_("The edition before it holds until then; cases keep what they were opened under."),
            "widget": "day",
        },
    )


def _page(row: Any) -> str:
    return url_for("catalogue.pack", pack_id=row.id)


ON_PACKS = On(
    "catalogue/packs",
    lambda _connection, _org_id, _target_id: None,
    lambda _row: "",
    lambda _row: url_for("catalogue.packs"),
)
ON_PACK = On(
    "catalogue/packs/<target_id>",
    queries.find_pack,
    lambda row: str(row.state),
    _page,
    chain=lambda row: str(row.id),
)


def drafted(done: Recorded[Any]) -> Values:
    """The id of a draft, and what it says it is."""
    return {"id": done.subject.id, "family": done.body.family, "edition": done.body.edition}


def page_of_draft(_target: Any, answer: Values) -> str:
    """Where to go once a pack is drafted."""
    return url_for("catalogue.pack", pack_id=answer["more"]["id"])


def drafting(connection: Connection, _target: Any) -> Mapping[str, Any]:
    """The text to begin with: that of the pack that is copied, or a frame that says what belongs into one."""
    key = request.args.get("base", "") or request.form.get("base", "")
    try:
        found = queries.read_pack(connection, actor().org_id, key) if key else None
    except NotFound:
        # Whoever sends a text with a base that is not there gets his text back, and what is wrong with it.
        if key == request.args.get("base"):
            raise
        found = None
    if found is None:
        return {"copied": None, "prefilled": {"source": FRAME}, "pack_reason": pack_reason}
    base = key if found.row is None else found.row.id
    return {
        "copied": found.family.names.text(current()),
        "prefilled": {"source": found.content.decode(), "base": base},
        "pack_reason": pack_reason,
    }


def pack_reason(word: str) -> str:
    """Why a pack is refused, in the language of the page; a word without a sentence is shown as it is."""
    return gettext(PACK_REASONS.get(word, word))


def about_pack(connection: Connection, row: Any) -> Mapping[str, Any]:
    """What is approved or put in force: its names, and what it would take the place of."""
    before = queries.find_family(connection, row.org_id, row.family, here().database.clock.now())
    latest = queries.latest_edition(connection, row.org_id, row.family)
    return {"pack_name": name_of(row), "before": before, "latest": latest}


def to_approve(connection: Connection, row: Any) -> Mapping[str, Any]:
    """What is approved, and the sentence that is signed under it."""
    meaning = N_("I approve this family pack, and that parts are judged by its limits once it is in force.")
    return {**about_pack(connection, row), "meaning": meaning}


def name_of(row: Any) -> str:
    """The name that a pack gives its family, in the language of the page."""
    return str({"en": row.name_en, "zh-Hans": row.name_zh_hans, "zh-Hant": row.name_zh_hant}[current()])


def value_name(path: str) -> str:
    """What a value inside a row of a pack is called: `steps.mates` is "sizes · mates"."""
    said = []
    for part in path.removeprefix("limits.").split("."):
        word, _, key = part.removesuffix("]").partition("[")
        said.append(gettext(VALUE_WORDS.get(word, word)) + (f" {key}" if key else ""))
    return " · ".join(said)


FRAME = """\
# A family pack. Every name stands in three languages; numbers are text; units are UCUM codes.
id = "my-family"
names = { en = "My family", zh-Hans = "", zh-Hant = "" }
note = { en = "", zh-Hans = "", zh-Hant = "" }
edition = "1"
applies_from = 2026-01-01
modes = ["workshop"]
life_policy = "none"

[[sources]]
code = "own"
tag = "V"
text = "Where our limits come from"
"""
