"""What the story of a unit says its events are about, and that each of them is named in words."""

from __future__ import annotations

import pytest

from remanu.app import SCHEMAS
from remanu.provenance.queries.check import Told
from remanu.provenance.queries.kinds import BESIDE, FINDINGS, STAGES
from remanu.provenance.queries.record import Link
from remanu.provenance.queries.telling import tell_story
from remanu.provenance.views.words import EVENTS

UNIT = "unit"
OF_PARTS = ("parts/<target_id>", "cases/<target_id>", "defects/<target_id>")
ELSEWHERE = {"intake.settle"}
"""A credit stands on the chain of its account, which nobody outside reads."""


def heard(kind, subject=UNIT, **body):
    """One event of the record."""
    link = Link(subject, f"{kind}-{len(body)}", kind, 1, 1, 1, 1, None, b"", b"", None)
    return Told(link, {"at": {"utc": "2026-01-25T06:48:00Z"}, "body": body})


def test_a_unit_is_not_called_by_a_place_that_was_empty_in_it():
    """Nothing was in the place, so the unit's record says it; what happens to the unit later is about the unit."""
    story = tell_story(
        UNIT,
        [
            heard("parts.register", life=0),
            heard("restoration.record_component", position="fuel-nozzle-set", what="missing"),
            heard("labelling.deliver"),
        ],
    )
    (life,) = story.lives
    about = {entry.kind: entry.position for stage in life.stages for entry in stage.entries}
    assert about["restoration.record_component"] == "fuel-nozzle-set"
    assert about["labelling.deliver"] == ""


def test_a_component_keeps_the_name_of_its_place():
    """What is done to it later is said of the place where it was found."""
    story = tell_story(
        UNIT,
        [
            heard("parts.register", life=0),
            heard("parts.register", "rotor", life=0),
            heard("restoration.record_component", "rotor", position="rotor", what="found"),
            heard("restoration.operate", "rotor", operation="grind"),
        ],
    )
    entries = [entry for stage in story.lives[0].stages for entry in stage.entries]
    assert [entry.position for entry in entries if entry.kind == "restoration.operate"] == ["rotor"]


def test_the_mass_to_compare_is_that_of_the_finished_unit():
    """The buyer weighs what was delivered, not the core that came in."""
    came, done = heard("intake.receive", mass_kg="61200"), heard("restoration.reassemble", unit_mass_kg="61260")
    assert tell_story(UNIT, [heard("parts.register", life=0), came]).item.mass_kg == "61200"
    assert tell_story(UNIT, [heard("parts.register", life=0), came, done]).item.mass_kg == "61260"


ACTS = [verb.kind for module in SCHEMAS for verb in module.VERBS if verb.on.path in OF_PARTS]


@pytest.mark.parametrize("kind", sorted({*ACTS} - ELSEWHERE))
def test_every_act_on_a_part_has_its_words(kind):
    """The public page names it, and knows at which stage it is told."""
    assert kind in EVENTS
    assert kind in STAGES or kind in BESIDE or kind in FINDINGS
