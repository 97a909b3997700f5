"""Reserving: what gets a label, its codes, and one live label a place (I54)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from remanu.errors import BadInput, CannotDraw, Conflict, Forbidden, GuardFailed, NotFound
from remanu.labelling import actions, queries
from remanu.parts.models import Case, Item
from remanu.release.models import ReleaseCertificate
from remanu.rules import identity
from tests import people

ASKED = {"placement": "part", "media": "roll-70x40", "locale": "en"}


def reserve(bench, by=None, **changes):
    """Ask for a label."""
    return bench.place.do(actions.reserve, by or bench.officer, bench.item_id, **{**ASKED, **changes})


def test_it_works(bench):
    """The exact string to be printed stands on the row: scheme in lower case, the rest in upper case."""
    done = reserve(bench)
    row = bench.label(done.body.label)
    assert row.payload == f"https://ID.EXAMPLE.TEST/{bench.item.code}/{row.code}"
    assert (row.state, row.kind, row.life, row.generation) == ("reserved", "label", 1, 1)
    assert row.template == "label-70x40"
    assert identity.parse_label(row.code) == row.code
    assert done.subject.id == bench.item_id


def test_a_part_in_process_gets_a_tag(in_process):
    """Tags are bound at intake and say that nothing is released."""
    row = in_process.label(in_process.reserve())
    assert (row.kind, row.template, row.life) == ("tag", "tag-70x40", 0)


def test_no_label_before_the_release(in_process):
    """Refused unless released."""
    with pytest.raises(Conflict) as refused:
        reserve(in_process, kind="label")
    assert refused.value.details["why"] == "not-released"


def test_no_tag_after_the_release(bench):
    """A tag would say what is not so."""
    with pytest.raises(Conflict) as refused:
        reserve(bench, kind="tag")
    assert refused.value.details["why"] == "not-in-process"


@pytest.mark.parametrize(
    ("model", "of", "values"),
    [
        (ReleaseCertificate, "certificate", {"state": "REVOKED"}),
        (Case, "case", {"state": "NONCONFORMING"}),
        (Item, "item", {"life": 2}),
    ],
)
def test_no_label_without_a_release_in_force(bench, model, of, values):
    """A revoked certificate, a part taken back and a later life each end the right to a label."""
    certificate = bench.place.ask(lambda connection: connection.execute(model.__table__.select()).first())
    bench.change(model, {"item": bench.item_id, "case": bench.case_id}.get(of, certificate.id), **values)
    with pytest.raises(Conflict) as refused:
        reserve(bench)
    assert refused.value.details["why"] == "not-released"


def test_one_live_label_a_place(bench):
    """I54: the second one for the same life and place is refused, one for the packing is not."""
    reserve(bench)
    with pytest.raises(GuardFailed) as refused:
        reserve(bench)
    assert refused.value.details["missing"] == ["placement_free"]
    assert reserve(bench, placement="packing").body.generation == 1


def test_a_place_is_free_again(bench):
    """A label that was lost leaves its place to the next generation."""
    bench.place.do(actions.report_lost, bench.officer, bench.printed())
    assert reserve(bench).body.generation == 2


def test_two_at_once(bench):
    """Of two who reserve the same place at the same moment one wins, and the other learns why."""

    def attempt(_):
        try:
            return reserve(bench).body.label
        except GuardFailed as refused:
            return refused.details["missing"]

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(attempt, range(6)))
    assert found.count(["placement_free"]) == 5
    assert len(bench.place.ask(queries.labels_of, bench.place.org_id, bench.item_id)) == 1


def test_it_is_found_by_its_codes(bench):
    """The public page looks a label up by what stands on it, and finds nothing under an invented code."""
    row = bench.label(bench.reserve())
    assert bench.place.ask(queries.find_by_code, row.item_code, row.code).id == row.id
    assert bench.place.ask(queries.find_by_code, row.item_code, "000000") is None


def test_not_by_a_technician(bench):
    """Only the label officer issues labels."""
    with pytest.raises(Forbidden):
        reserve(bench, bench.person("technician"))


def test_not_for_others(bench):
    """A part of another organisation does not exist here."""
    with pytest.raises(NotFound):
        reserve(bench, people.OUTSIDER)


@pytest.mark.parametrize(
    ("odd", "error"),
    [
        ({"placement": "roof"}, BadInput),
        ({"locale": "fr"}, BadInput),
        ({"kind": "badge"}, BadInput),
        ({"media": "papyrus"}, CannotDraw),
        ({"media": "../words"}, CannotDraw),
    ],
)
def test_not_with_odd_values(bench, odd, error):
    """Place, language and stock come from lists."""
    with pytest.raises(error):
        reserve(bench, **odd)
