"""Non-destructive tests: by a method and its procedure, every indication recorded, signed by a level 2."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.accounts import actions as accounts
from remanu.errors import BadInput, Forbidden, NotAuthorised, NotFound
from remanu.inspection import queries
from remanu.rules.ndt import Seen
from tests import people
from tests.inspection.conftest import NDT

CRACKS = "crankshaft-cracks"


def test_that_nothing_was_found_is_recorded_in_words(bench):
    """The body says how it was tested, that nothing showed, and what this means against the limits."""
    body = bench.examine("crankshaft", CRACKS).body
    assert (body.method, body.procedure, body.procedure_edition, body.sensitivity) == (
        "MPI",
        "NDT-12",
        "3",
        "A1 shim",
    )
    assert (body.found, body.indications, body.readings) == ("none", (), ("0",))
    assert (body.zone, body.proposal) == ("within_new", "REUSE_AS_IS")
    row = bench.results("crankshaft")[CRACKS, "as_found"]
    assert (row.method, row.zone) == ("MPI", "within_new")


def test_every_indication_is_kept_and_the_worst_decides(bench):
    """Two cracks are two by a limit that counts; each has its kind, place and length."""
    body = bench.examine("crankshaft", CRACKS, "3.2", "1.0").body
    assert (body.readings, body.zone, body.proposal) == (("2",), "beyond_service", "REPLACE")
    shown = bench.ask(queries.indications, bench.org_id, [body.measurement])[body.measurement]
    assert [(one.kind, one.position, one.length) for one in shown] == [
        ("crack", "10", "3.2"),
        ("crack", "10", "1.0"),
    ]


def test_a_level_two_signs_for_his_method(bench, place, technician):
    """I14, I36: what is narrowed to another method, or of level 1, does not cover it; the refusal says who can help."""
    admin = place.actor(place.member("chief", "admin"))
    for n, narrowed in enumerate(({"scope": "UT", "level": "2"}, {"scope": "MPI", "level": "1"})):
        scope = {**NDT, "number": f"XA-{n}", **narrowed}
        place.do(accounts.authorise, admin, technician.ref, **scope, issuer="Examiners of XA")
    with pytest.raises(NotAuthorised) as told:
        bench.examine("crankshaft", CRACKS, by=technician)
    assert told.value.details == {
        "family": "diesel-engine",
        "activity": "ndt",
        "scope": "MPI",
        "on": "2026-03-01",
        "givers": ["admin", "quality"],
    }
    place.do(
        accounts.authorise,
        admin,
        technician.ref,
        **{**NDT, "number": "XA-2-MPI", "scope": "MPI", "level": "2"},
    )
    assert bench.examine("crankshaft", CRACKS, by=technician).body.qualified_by == "authorisation:XA-2-MPI"


def test_an_ended_qualification_covers_nobody(bench, clock):
    """I36: on the day of the act it has to hold, and what was tested before stays tested."""
    done = bench.examine("crankshaft", CRACKS).body
    clock.advance(days=310)
    with pytest.raises(NotAuthorised):
        bench.examine("crankshaft", CRACKS, why="second-opinion")
    assert bench.results("crankshaft")[CRACKS, "as_found"].id == done.measurement


def test_the_day_of_the_test_counts_and_not_today(bench, clock):
    """I36: a test of yesterday is covered by a qualification that ended yesterday."""
    clock.advance(days=306)
    assert clock.now().date() == date(2027, 1, 1)
    with pytest.raises(NotAuthorised):
        bench.examine("crankshaft", CRACKS)
    body = bench.examine("crankshaft", CRACKS, measured_on=date(2026, 12, 31)).body
    assert body.day == "2026-12-31"


def test_testing_again_keeps_the_former_result(bench):
    """As with every result, and it asks why."""
    first = bench.examine("crankshaft", CRACKS).body
    with pytest.raises(BadInput) as told:
        bench.examine("crankshaft", CRACKS)
    assert told.value.details["why"] == "retest-reason"
    assert bench.examine("crankshaft", CRACKS, "2", why="cleaned-again").body.former == first.measurement


def test_a_bare_reading_is_no_test(bench):
    """What the family tests by a method does not go in as a number, nor a diameter as a test."""
    with pytest.raises(BadInput) as told:
        bench.measure("crankshaft", CRACKS, values=("0",), unit="{count}")
    assert told.value.details["why"] == "needs-a-test"
    with pytest.raises(BadInput) as told:
        bench.examine("crankshaft", "crankpin-diameter", instrument=bench.tools["outside-micrometer"])
    assert told.value.details["why"] == "needs-no-test"


def test_what_cannot_be_tested_is_not_tested(bench):
    """With a reason and without a qualification, for nothing is signed."""
    body = bench.measure(
        "crankshaft", CRACKS, values=(), unit="{count}", why="no-instrument", by=bench.technician
    ).body
    assert (body.zone, body.qualified_by) == ("not_tested", "role:technician")


ODD = [
    ({"method": "XYZ"}, "method", "not-a-choice"),
    ({"procedure": " "}, "procedure", "empty"),
    ({"found": "indications"}, "indications", "required"),
    (
        {"found": "none", "indications": (Seen(kind="crack", position="1", length="1"),)},
        "found",
        "none-but-listed",
    ),
    ({"instrument": None}, "instrument", "required"),
    ({"measured_on": date(2026, 3, 9)}, "measured_on", "in-the-future"),
]


def test_bad_input_is_named_and_changes_nothing(bench):
    """Each has its field and its reason."""
    before = bench.kinds("crankshaft")
    for odd, field, why in ODD:
        with pytest.raises(BadInput) as told:
            bench.examine("crankshaft", CRACKS, **odd)
        assert (told.value.details["field"], told.value.details["why"]) == (field, why), odd
    assert bench.kinds("crankshaft") == before


def test_not_without_the_role_nor_from_another_workshop(bench):
    """As with every act."""
    with pytest.raises(Forbidden):
        bench.examine("crankshaft", CRACKS, by=people.member("clerk", "logistics", org_id=bench.org_id))
    with pytest.raises(NotFound):
        bench.examine("crankshaft", CRACKS, by=people.OUTSIDER)
