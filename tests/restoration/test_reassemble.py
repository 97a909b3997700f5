"""The unit is whole again."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.restoration import queries
from remanu.restoration.events.assembly import Deleted
from remanu.restoration.models import PositionReport, Replacement
from tests.restoration import promises


@pytest.fixture
def shop(yard):
    """Everything is restored."""
    return yard.until("RESTORED")


def test_as_built(shop):
    """Every place with its item and where that came from; the unit's weight closes the balance."""
    shop.tell("renew", "install")
    done = shop.act("technician", "reassemble", unit_mass_kg="604.5")
    assert shop.view().state == "REASSEMBLED"
    assert len(done.body.as_built) == 17
    origins = {one.place: one.origin for one in shop.of_case(queries.as_built)}
    assert (origins["crankshaft"], origins["camshaft"], origins["turbocharger"], origins["seal-set"]) == (
        "restored",
        "reused",
        "reman",
        "new",
    )
    assert shop.of_case(queries.mass_balance).closed


def test_nothing_went_out_of_a_place_that_was_found_empty(shop):
    """What came in there has no weight on the other side, and the balance is not open for that."""
    shop.tell("renew", "install")
    shop.act("technician", "reassemble", unit_mass_kg="604.5")
    where = (Replacement.case_id == shop.case, Replacement.position == "turbocharger")
    shop.do(lambda tx: tx.execute(sa.update(Replacement).where(*where).values(old_mass_kg=None)))
    assert "replaced_parts" in shop.of_case(queries.mass_balance).unknown
    empty = {"org_id": shop.org_id, "case_id": shop.case, "position": "turbocharger", "what": "missing"}
    shop.do(lambda tx: tx.execute(sa.insert(PositionReport).values(**empty)))
    assert shop.of_case(queries.mass_balance).unknown == ()


def test_roles_and_organisations(shop, outsider):
    """The technician of the same organisation alone."""
    promises.only_its_roles(shop, "reassemble", shop.case)
    promises.only_its_organisation(shop, outsider, "reassemble", shop.case)


@pytest.mark.parametrize("state", ["IN_RESTORATION", "REASSEMBLED"])
def test_only_after_restoration(yard, state):
    """Neither before, nor twice."""
    yard.until(state)
    promises.only_from(yard, "technician", "reassemble")


def test_an_empty_place_stops_it(shop):
    """I20."""
    shop.tell("renew")
    promises.misses(
        shop,
        "technician",
        "reassemble",
        "positions_filled",
        deleted=(Deleted(position="flywheel", change="C-1"),),
    )


def test_a_place_is_deleted_by_an_approved_change(shop):
    """I20: the change is one of this component; it stands in the record, and the place counts as closed."""
    shop.tell("renew", "install_but_flywheel")
    promises.misses(shop, "technician", "reassemble", "positions_filled")
    given = (Deleted(position="flywheel", change="C-1"),)
    shop.allow("C-1", "delete", "camshaft")
    promises.odd(
        shop, "technician", "reassemble", "deleted.flywheel.change", "no-such-change", deleted=given
    )
    shop.allow("C-2", "delete", "flywheel")
    given = (Deleted(position="flywheel", change="C-2"),)
    shop.act("technician", "reassemble", deleted=given)
    said = shop.of_case(queries.reports)["flywheel"]
    assert (said.what, said.change) == ("deleted", "C-2")
    assert shop.of_case(queries.open_places) == []


def test_sizes_have_to_agree(shop):
    """I17: standard shells do not fit a ground crankshaft, nor ground shells one that is not."""
    shop.tell("renew_in_standard_size", "install")
    promises.misses(shop, "technician", "reassemble", "mating_rules_hold")
    assert shop.of_case(queries.mismatched) == ["main-bearing-shell"]


def test_a_part_that_is_doubted_meanwhile_stops_it(shop):
    """A later result outside new limits makes an installed part unserviceable."""
    shop.tell("renew", "install", "doubt_the_block")
    promises.misses(shop, "technician", "reassemble", "parts_serviceable")


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({"unit_mass_kg": "-1"}, "unit_mass_kg", "negative"),
        (
            {"deleted": (Deleted(position="camshaft", change="C-1"),)},
            "deleted.camshaft.position",
            "not-empty",
        ),
        ({"deleted": (Deleted(position="wing", change="C-1"),)}, "deleted.wing.position", "not-empty"),
    ],
)
def test_odd_entries(shop, given, field, why):
    """Each is named with its reason."""
    shop.tell("renew", "install")
    promises.odd(shop, "technician", "reassemble", field, why, **given)


def test_an_odd_change_is_refused(shop):
    """The number of a change is a line of text."""
    shop.tell("renew", "install_but_flywheel")
    given = (Deleted(position="flywheel", change=" "),)
    promises.odd(shop, "technician", "reassemble", "deleted.flywheel.change", "empty", deleted=given)


def test_straight_from_the_dispositions(yard):
    """Where nothing has to be restored, what is sound goes back at once (SM-1 no. 17)."""
    yard.do(lambda tx: _sound(tx, yard))
    assert yard.view().state == "REASSEMBLED"


def _sound(tx, yard):
    from tests.restoration import story  # noqa: PLC0415 -- this story alone changes the readings

    telling = story.Telling(tx, yard)
    telling.until("CLEANED")
    telling.inspect(
        story.GROUND
        | {"main-journal-diameter": ("64.970",) * 7, "journal-diameter-variation": ("64.970",) * 4}
    )
    telling.disposition({"turbocharger": "REPLACE_REMAN"})
    telling.renew(size=None)
    telling.install()
    telling.act("technician", "reassemble")
