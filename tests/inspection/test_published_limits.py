"""The published limits, the whole way: from a pack by a reading to a disposition with the limits frozen into it."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput
from remanu.families.loader import read
from remanu.inspection import actions, queries
from tests.inspection import published, shop
from tests.manuals import CASES, RECON, REMAN

DIAMETER = "3.0"


@pytest.fixture(scope="module")
def text():
    """The pack, read as the catalogue reads it."""
    made = published.pack()
    read("published.toml", made.encode())
    return made


@pytest.fixture
def benches(database, storage, inspector, technician, text):
    """A case for each class that is aimed at, opened under the pack, with a component for each of its cases."""
    digest = storage.put(text.encode())
    found = {}
    for number, target in enumerate((REMAN, RECON), 1):
        mine = [n for n, one in enumerate(CASES) if one[2] == target]
        found[target] = shop.build(
            database,
            inspector=inspector,
            technician=technician,
            target=target,
            number=str(number),
            parts=[(f"case-{n}", CASES[n][0].lower()) for n in mine],
            pack=digest,
        )
    return found


def measure(bench, position, code, value, unit):
    """One reading with the micrometer."""
    return bench.do(
        actions.measure,
        bench.inspector,
        bench.parts[position],
        characteristic=code,
        unit=unit,
        values=(value,),
        instrument=bench.tools["outside-micrometer"],
    ).body


def test_every_row_has_its_cases():
    """None of the twelve is left out."""
    assert {one[0] for one in CASES} == {row["id"] for row in published.rows()}


def test_the_whole_way(benches):
    """Each reading gets the proposal that its manual means, and the disposition that was decided freezes it."""
    units = {row["id"]: row["unit"] for row in published.rows()}
    tiers = {row["id"]: published.limits(row) for row in published.rows()}
    for n, (row, value, target, proposal, step) in enumerate(CASES):
        bench, position = benches[target], f"case-{n}"
        if row == "D12":
            measure(bench, position, "d12-diameter", DIAMETER, "[in_i]")
            body = measure(bench, position, "d12-wear", value, "[in_i]")
            assert (body.limits.reference, body.limits.service_max) == ("3.0", "0.00150")
        else:
            body = measure(bench, position, f"{row.lower()}-value", value, units[row])
            frozen = {name: getattr(body.limits, name) for name in tiers[row]}
            assert frozen == tiers[row], row
        assert (body.proposal, body.step) == (proposal, step), (row, value, target)
    for n, (row, value, target, proposal, step) in enumerate(CASES):
        bench, position = benches[target], f"case-{n}"
        bench.move("INSPECTED")
        word = "REPLACE_NEW" if proposal == "REPLACE" else proposal
        told = bench.do(actions.dispose, bench.inspector, bench.parts[position], disposition=word).body
        assert (told.proposal, told.disposition, told.basis) == (proposal, word, "measured"), (row, value)
        assert [one.step for one in told.sizes] == ([step] if step else [])


def test_a_limit_that_is_a_formula_waits_for_its_reading(benches):
    """TM 10-3930-647: by the inch of diameter; without the diameter nobody knows the limit."""
    n = next(n for n, one in enumerate(CASES) if one[0] == "D12")
    with pytest.raises(BadInput) as told:
        measure(benches[RECON], f"case-{n}", "d12-wear", "0.0015", "[in_i]")
    assert told.value.details["why"] == "formula-limit"
    assert benches[RECON].ask(queries.latest, benches[RECON].org_id, benches[RECON].case) == []
