"""What canonical bytes state, by the kinds that are known; names of a log; what lies beside the keys."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from remanu.errors import BadInput, Damaged, Unavailable
from remanu.keys import Keyring
from remanu.ledger import checkpoint, lineage, outside
from remanu.ledger.kinds import Kind, read, registry, stated, unchanged
from remanu.ledger.notes import Checkpoint
from remanu.ledger.report import Problem
from remanu.rules import canonical as jcs


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A body in its second version: `loud` came later."""

    what: str
    loud: str | None = None


SAY = Kind("parts.say", 2, Said, lambda _tx, _done: None, older={1: unchanged})
DOCUMENT = {
    "id": "e", "act": "a", "org": "o", "subject": "urn:uuid:s", "subject_id": "s", "seq": 0, "prev": None,
    "kind": "parts.say", "version": 1, "at": {"utc": "2026-03-01T00:00:00.000000Z", "offset": 0, "zone": "UTC"},
    "recorded": "2026-03-01T00:00:00.000000Z", "by": {"ref": "r", "role": "technician"}, "source": "web",
    "body": {"what": "one"},
}


def test_a_kind_is_defined_once():
    """A second one of the same name is a mistake of ours, found when the program starts."""
    assert registry([SAY]) == {"parts.say": SAY}
    with pytest.raises(ValueError, match="defined twice"):
        registry([SAY, replace(SAY, version=3)])


def test_an_older_version_is_lifted():
    """What was said in version 1 is read by version 2, and its bytes stay what they were."""
    raw = jcs.encode(DOCUMENT)
    found = read({"parts.say": SAY}, raw)
    assert (found.version, found.body, found.commitment) == (1, Said(what="one"), jcs.commitment(raw))
    assert (found.previous, found.sealed_key) == (None, None)


@pytest.mark.parametrize("document", [[], "event", {}, {"kind": "parts.sing"}])
def test_what_states_no_event(document):
    """No object, and a kind that nobody knows."""
    with pytest.raises(Damaged):
        stated({"parts.say": SAY}, document, b"")


@pytest.mark.parametrize(("name", "turn"), [("x/log", 1), ("x/log/2", 2), ("x/log/40", 40)])
def test_a_log_is_known_by_each_of_its_names(name, turn):
    """Its own, and those under which it went on."""
    assert lineage.turn("x/log", name) == turn
    assert lineage.name("x/log", turn) == name


@pytest.mark.parametrize("name", ["y/log", "x/log/1", "x/log/02", "x/log/two", "x/log/2/3", "x/log/", ""])
def test_another_name_is_another_log(name):
    """The first has no number, and numbers have one spelling."""
    with pytest.raises(BadInput) as refusal:
        lineage.turn("x/log", name)
    assert refusal.value.details["why"] == "not-signed"


@pytest.mark.parametrize(
    ("lines", "at"),
    [((), None), (("signed soon",), None), (("time 2026-03-01T00:00:00.000000Z",), datetime(2026, 3, 1, tzinfo=UTC))],
)
def test_when_a_checkpoint_was_signed(lines, at):
    """Where a line says so, and a line that says it badly says nothing."""
    assert checkpoint.time_of(Checkpoint("x/log", 1, bytes(32), lines)) == at
    assert checkpoint.time_of(Checkpoint("x/log", 1, bytes(32), ("time soon",))) is None


def test_keys_without_a_folder_keep_nothing_beside_them():
    """Keys that live in memory alone: nothing is read, nothing is written, nobody is waited for."""
    keyring = Keyring(bytes(32), bytes(32))
    with outside.turn(keyring):
        outside.write(keyring, outside.HEAD, "note")
        assert outside.read(keyring, outside.HEAD) is None


def test_a_folder_that_cannot_be_written_stops_the_act(tmp_path):
    """Whoever asks is told to come again, and which file it is about."""
    keyring = Keyring(bytes(32), bytes(32), tmp_path / "gone")
    assert outside.read(keyring, outside.NUMBERS) is None
    with pytest.raises(Unavailable) as refusal:
        outside.write(keyring, outside.NUMBERS, "o 1")
    assert refusal.value.details["file"] == outside.NUMBERS


def test_a_problem_is_one_line():
    """Table and key, what, why."""
    assert str(Problem("event", "o e", "seq", "2 follows 0")) == "event o e: seq: 2 follows 0"
