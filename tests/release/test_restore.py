"""An old copy goes on: the numbers that were lost with what it lacks are void (I38, trust.md T33)."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Forbidden
from remanu.ledger import fork, rebuild
from remanu.release import actions, queries
from remanu.release.actions.restoring import MOST

GAP = fork.Gap(log="id.example.test/log/2", former="id.example.test/log", here=7, signed=9, root="ab" * 32)


def _restore(desk, last, who=None):
    return desk.place.do(actions.restore, who or desk.place.system, gap=GAP, last=last)


def test_numbers_up_to_the_last_are_void(desk, quality, registry):
    """The list shows them with the reason, as page and as data, and the next submission takes the one after."""
    assert _restore(desk, 3).body.numbers == ("RC-000001", "RC-000002", "RC-000003")

    page = quality.get("/certificates").text
    assert page.count("The record was restored from a back-up") == 3
    said = quality.get("/api/v1/certificates?before=3").json
    assert [(row["number"], row["state"], row["id"]) for row in said] == [
        ("RC-000002", "VOID", None),
        ("RC-000001", "VOID", None),
    ]
    assert desk.until("SUBMITTED").paper("DRAFT").number == "RC-000004"
    assert not rebuild.check(desk.place.database, registry).problems


def test_what_is_here_is_not_lost(desk):
    """A number below the next one makes nothing void; the event says all the same that the copy went on."""
    desk.until("SUBMITTED")
    assert _restore(desk, 1).body.numbers == ()
    assert _restore(desk, 0).body.last == 1
    assert [row.number for row in desk.place.ask(queries.issued, desk.place.org_id)] == ["RC-000001"]


def test_only_the_operator(desk):
    """Certifying staff do not, and each organisation counts for itself."""
    with pytest.raises(Forbidden):
        _restore(desk, 3, desk.certifier)


def test_a_number_out_of_all_reason(desk):
    """It was mistyped."""
    with pytest.raises(BadInput):
        _restore(desk, 3 + MOST)
