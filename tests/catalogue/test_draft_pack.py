"""An engineer writes a family pack; whatever is wrong in it is refused with its place, all at once."""

from __future__ import annotations

import pytest

from remanu.catalogue import queries
from remanu.db import evidence_of
from remanu.errors import BadInput, Conflict, NotFound, PackRefused
from remanu.families import loader
from tests import people
from tests.catalogue import own, promises


def test_a_draft_keeps_its_text(hall):
    """Word for word in the evidence, by its digest; nothing is in force by it."""
    done = hall.do(own.draft)
    row = hall.ask(queries.find_pack, people.WORKSHOP, done.subject.id)
    assert (row.family, row.edition, row.state) == ("hoisting-machine", "1", "draft")
    with hall.database.reading() as connection:
        assert evidence_of(connection).get(row.digest).decode() == own.HOIST
        assert "hoisting-machine" not in queries.packs_to_open(connection, people.WORKSHOP, done.at)
    assert hall.holds()


def test_it_may_be_copied_from_a_built_in_one(hall):
    """And from one of the organisation's own; from nowhere else."""
    first = hall.do(own.draft, source=own.diesel(**own.NEXT), base="diesel-engine")
    assert first.body.base == "diesel-engine"
    third = own.diesel(**own.NEXT).replace('edition = "3"', 'edition = "4"')
    assert hall.do(own.draft, source=third, base=first.subject.id).body.base == first.subject.id
    with pytest.raises(NotFound):
        hall.do(own.draft, base="0195a000-0000-7000-8000-00000000dead")


def test_every_fault_is_told_at_once(hall):
    """By the file, the place in it, and why."""
    text = own.HOIST.replace('"0.10"', '"0,10"').replace("permanent = true", "").replace('unit = "dB"', 'unit = "phon"')
    with pytest.raises(PackRefused) as refused:
        hall.do(own.draft, source=text)
    found = {(one["path"], one["why"]) for one in refused.value.details["faults"]}
    assert found == {
        ("characteristics[0].limits.new_max", "not-a-decimal"),
        ("label.permanent", "missing"),
        ("tests[0].points[0].unit", "unknown-unit"),
    }
    assert refused.value.details["file"] == "pack.toml"
    assert hall.events() == 0


def test_the_same_text_stands_once(hall):
    """Else its author could approve it under another's name; and a built-in one needs no draft."""
    hall.do(own.draft)
    with pytest.raises(Conflict):
        hall.do(own.draft, people.member("colleague", "engineering"))
    with pytest.raises(Conflict):
        hall.do(own.draft, source=loader.text("copier").decode())


HOSTILE = {
    "deep": "a = " + "[" * 20000,
    "tables": "".join(f"[{'.'.join(['a'] * 400)}{n}]\n" for n in range(200)),
    "number": "quantity = " + "9" * 5000,
    "not a number": "edition = nan",
    "twice": 'id = "a"\nid = "b"',
    "half": own.HOIST[:700],
    "endless": own.HOIST.replace('"320"', '"' + "9" * 4000 + '"'),
    "many": own.HOIST.replace("quantity = 1", "quantity = 1000000000", 1),
    "nothing": "# nothing",
    "bell": own.HOIST.replace("Invented for tests.", "Invented\\u0007"),
    "turned": own.HOIST.replace("Invented for tests.", "Invented\\u202e"),
    "list": "sources = [1]",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_refused(hall, name):
    """Never more than a refusal, whatever it holds."""
    with pytest.raises(PackRefused):
        hall.do(own.draft, source=HOSTILE[name])
    assert hall.events() == 0


@pytest.mark.parametrize("text", ["", " \n", "x" * (loader.LIMIT + 1), "a = 1\u202e", "a\0b"])
def test_odd_text_is_refused(hall, text):
    """Empty, endless, or with signs that do not show."""
    with pytest.raises(BadInput):
        hall.do(own.draft, source=text)


def test_margins_may_hold_tabs(hall):
    """As editors write them; the digest is that of what is kept."""
    assert hall.do(own.draft, source=own.HOIST.replace("  {", "\t{")).body.family == "hoisting-machine"


def test_another_organisations_pack_is_not_found(hall):
    """Neither its row nor its text."""
    theirs = hall.do(own.draft, people.OUTSIDER)
    for key in (theirs.subject.id, theirs.body.evidence[0].digest):
        with pytest.raises(NotFound):
            hall.ask(queries.read_pack, people.WORKSHOP, key)


def test_roles(hall):
    """Engineering alone."""
    promises.only_its_roles(hall, "draft_pack", own.draft)
