"""From events to the story of a part: what each is about, and that each has words."""

from __future__ import annotations

from remanu.app import known_kinds
from remanu.provenance.queries.check import Told
from remanu.provenance.queries.kinds import BESIDE, FINDINGS, STAGES
from remanu.provenance.queries.record import Link
from remanu.provenance.queries.telling import tell_story
from remanu.provenance.views.words import EVENTS

UNIT, PIECE = "unit", "piece"
# Kinds that stand in the chain of a person, an instrument, an account or a document, never in that of a part.
ELSEWHERE = {
    "labelling.add_printer",
    "labelling.approve_design",
    "labelling.calibrate_printer",
    "labelling.change_printer",
    "labelling.draft_design",
    "labelling.import_design",
    "labelling.retire_design",
    "labelling.retire_printer",
    "parts.confirm_prefix",
    "parts.end_prefix",
    "inspection.calibrate",
    "inspection.recall_instrument",
    "intake.add_place",
    "intake.approve_criteria",
    "intake.draft_criteria",
    "intake.issue_tags",
    "intake.note_purchase",
    "intake.open_account",
    "intake.retire_place",
    "intake.settle",
    "intake.keep_tags",
    "intake.void_tags",
    "intake.withdraw_criteria",
    "release.restore",
    "restoration.approve_change",
    "restoration.propose_change",
    "restoration.withdraw_change",
}


def _told(*events):
    """The story over events of (subject, kind, body)."""
    heard = []
    for n, (subject, kind, body) in enumerate(events):
        at = {"utc": f"2026-02-03T04:05:{n:02}Z", "zone": "UTC"}
        document = {"at": at, "by": {"role": "technician"}, "body": body}
        heard.append(Told(Link(subject, str(n), kind, n, n, None, None, None, b"", b"", None), document))
    return tell_story(UNIT, heard)


def test_an_empty_place_does_not_name_the_unit():
    """That the belt was missing is about its place: the test that follows is of the machine, not of the belt."""
    found = {"case": "c", "position": "drum-unit", "what": "found"}
    story = _told(
        (UNIT, "parts.register", {"name": "Copier"}),
        (PIECE, "parts.register", {"name": "Drum unit"}),
        (PIECE, "restoration.record_component", found),
        (UNIT, "restoration.record_component", {"case": "c", "position": "transfer-belt", "what": "missing"}),
        (PIECE, "restoration.operate", {"case": "c"}),
        (UNIT, "restoration.start_test", {"case": "c"}),
    )
    entries = [entry for life in story.lives for stage in life.stages for entry in stage.entries]
    about = {(entry.kind, entry.position) for entry in entries}
    assert ("restoration.record_component", "transfer-belt") in about
    assert ("restoration.operate", "drum-unit") in about
    assert ("restoration.start_test", "") in about


def test_energy_that_nobody_recorded_is_not_nothing():
    """An empty field is recorded as 0; a stranger reads no claim that the work took none."""
    used = {"case": "c", "operation": "o", "energy_kwh": "0", "water_l": "0", "material_kg": "0", "waste_kg": "0.2"}
    silent = _told((UNIT, "parts.register", {}), (PIECE, "restoration.operate", used))
    assert {one.of: one.value for one in silent.amounts} == {"water": "0", "material": "0", "waste": "0.2"}
    said = _told((UNIT, "parts.register", {}), (PIECE, "restoration.operate", used | {"energy_kwh": "60"}))
    assert ("energy", "60") in {(one.of, one.value) for one in said.amounts}


def test_whatever_happens_to_a_part_has_words():
    """No stranger reads the name of a kind; what has words is also known to the story."""
    others = ("accounts.", "catalogue.", "certification.", "recognition.")
    of_parts = {kind for kind in known_kinds() if not kind.startswith(others) and kind not in ELSEWHERE}
    assert of_parts == set(EVENTS)
    assert of_parts == set(STAGES) | BESIDE | FINDINGS
