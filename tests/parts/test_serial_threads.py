"""Public threads in which a rebuilt part's serial was refused, told again one by one: here every one goes through.

The numbers are those of the tracker of odoo/odoo. What each is about is said in our words; where a thread could not
be read again, its test says by which of its neighbours it was told.
"""

from __future__ import annotations

import pytest

from remanu.errors import Conflict
from remanu.ledger.record import record
from tests.ledger import history
from tests.parts.grove import DISK, MODULE, Grove
from tests.parts.lives_model import SCRAP, Ended

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def grove(hall):
    """Two products, a sub-assembly and a component, each with a serial."""
    return Grove(hall).planted()


def test_pr_75717_a_serial_once_built_in_and_taken_out_is_built_in_again(grove):
    """2021. By its neighbours: what was consumed once, and came back, may be consumed again."""
    grove.fit("disk", "engine", "disk")
    grove.remove("disk", "access")
    grove.fit("disk", "engine", "disk")
    assert grove.shape("engine") == {"disk": ("engine", "disk")}


def test_pr_94997_a_product_that_was_taken_apart_goes_into_a_larger_one(grove):
    """2022. P1 is built, unbuilt, built again under its serial, and then goes into P2 as a component."""
    grove.fit("disk", "module", "disk")
    grove.remove("disk", "scheduled")
    grove.fit("disk", "module", "disk")
    grove.fit("module", "engine", "module")
    assert set(grove.shape("engine")) == {"module", "disk"}


def test_pr_103049_a_product_that_was_taken_apart_is_finished_under_its_serial(grove):
    """2022. The same serial again, by way of a planned work order: there is no second door with another check."""
    for _ in range(2):
        grove.fit("disk", "module", "disk")
        grove.remove("disk", "scheduled")
    grove.fit("disk", "module", "disk", at=grove.hall.database.clock.now())
    assert grove.shape("module") == {"disk": ("module", "disk")}


def test_issue_124991_one_component_comes_back_from_a_customer_alone(grove):
    """2023, still open when last seen. The product stays with the customer; its component is fitted into another."""
    grove.fit("disk", "engine", "disk")
    grove.later(days=300)
    grove.remove("disk", "exchange", papers="RMA-1")
    grove.plant("spare", **DISK)
    grove.fit("spare", "engine", "disk")
    grove.later(days=20)
    grove.fit("disk", "other", "disk")
    assert [name for name, *_ in grove.used("disk")] == ["engine", "other"]
    assert grove.shape("engine") == {"spare": ("engine", "disk")}


def test_pr_139643_what_was_scrapped_by_mistake_does_not_come_back_under_another_name(grove):
    """2023. There a scrapped serial was unscrapped by a transfer. Here scrap is the end, and says so plainly (I11).

    What went to scrap by mistake was never scrapped in the record: it was taken out, and goes in again.
    """
    grove.fit("disk", "module", "disk")
    grove.remove("disk", "mistake")
    grove.fit("disk", "module", "disk")
    grove.plant("worn", **DISK)
    who, worn = grove.hall.who("technician"), grove.items["worn"]
    subject = grove.hall.database.transact(lambda tx: _scrap(tx, who, worn))
    assert subject.id == worn.id
    with pytest.raises(Conflict) as refused:
        grove.fit("worn", "engine", "disk")
    assert refused.value.details["why"] == "scrapped-part"


def _scrap(tx, who, item):
    from remanu.parts.queries import subject_of  # noqa: PLC0415 -- the one use of it

    return record(history.act(tx, who), SCRAP, subject_of(item), Ended(item=item.id)).subject


def test_pr_162395_a_component_that_a_repair_took_out_is_built_in_again(grove):
    """2024. Consumed, taken out in a repair to the scrap place, fetched back, consumed again."""
    grove.fit("disk", "engine", "disk")
    grove.remove("disk", "fault", papers="REPAIR-1")
    grove.fit("disk", "other", "disk")
    assert [name for name, *_ in grove.used("disk")] == ["engine", "other"]


def test_pr_173191_taken_out_and_put_back_twice_then_built_into_another(grove):
    """2024. Added and removed twice in repairs, and then free for any other product."""
    for _ in range(2):
        grove.fit("disk", "engine", "disk")
        grove.later(hours=1)
        grove.remove("disk", "access")
    grove.fit("disk", "other", "disk")
    assert grove.shape("other") == {"disk": ("other", "disk")}


def test_pr_183225_asking_where_a_part_was_used_ends(grove):
    """2024, a loop in the report. By its neighbours: a part that was in a module, which was in it before."""
    grove.fit("disk", "module", "disk")
    grove.later(days=1)
    grove.remove("disk", "access")
    grove.later(days=1)
    grove.fit("module", "disk", "ring")
    grove.later(days=1)
    grove.remove("module", "access")
    grove.later(days=1)
    grove.fit("disk", "module", "disk")
    with pytest.raises(Conflict):
        grove.fit("module", "disk", "ring")
    assert [name for name, *_ in grove.used("disk")] == ["module", "module"]
    assert [name for name, *_ in grove.used("module")] == ["disk"]


def test_pr_242882_two_products_are_taken_apart_each_into_its_own_components(grove):
    """January 2026. The second teardown asked for the component of the first; here each holds its own."""
    grove.plant("disk-2", **DISK)
    grove.plant("module-2", **MODULE)
    grove.fit("disk", "module", "disk")
    grove.fit("disk-2", "module-2", "disk")
    for name in ("disk", "disk-2"):
        grove.remove(name, "scheduled")
    assert grove.shape("module") == grove.shape("module-2") == {}
    assert grove.used("disk")[0][0] == "module"
    assert grove.used("disk-2")[0][0] == "module-2"
