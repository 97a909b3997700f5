"""Own work stays own work under another account, and when the name of the one that did it is erased (T9, I32)."""

from __future__ import annotations

import pytest

from remanu.accounts import actions as accounts
from remanu.errors import OwnWork
from remanu.release import queries


def test_neither_second_account_nor_erasure_lets_a_person_sign_for_himself(desk):
    """The technician worked on the engine, gets a second account that signs, and is erased."""
    desk.until("SUBMITTED")
    admin, technician = desk.yard.who["admin"], desk.yard.who["technician"]
    second = desk.place.member("second", "certifying_staff")
    desk.authorise(second, "XA-CS-077")
    desk.place.do(accounts.same_as, admin, second, other=technician.ref)
    desk.place.do(accounts.erase, admin, technician.ref)

    signer = desk.place.actor(second)
    with pytest.raises(OwnWork):
        desk.release(signer)
    assert desk.place.ask(queries.own_work, signer, [desk.case]) == {desk.case}
    assert desk.release().body.issue.record.number == "RC-000001"
