"""The pages by which a case ends otherwise: harvest, scrap with a second person; and who may open none of them."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from remanu.accounts import actions as accounts
from remanu.rules import signing
from tests.accounts.signer import Signer
from tests.authenticator import Authenticator
from tests.restoration import story
from tests.restoration.filling import post


def test_harvest_by_ticks(yard, enter):
    """A place that is ticked is taken; number and serial stand beside it."""
    yard.until("IN_WORK")
    yard.act("technician", "record_component", position="crankshaft", part_number="X", serial="CR-7")
    browser, address = enter("planner"), f"/cases/{yard.case}/cannibalise"
    typed = {"harvest.0.position": "cylinder-block", "owner_agrees": "on"}
    got = post(browser, address, **typed)
    assert got.status_code == 422
    typed |= {"harvest.0.part_number": "NW-BLOCK", "harvest.1.position": "crankshaft"}
    assert post(browser, address, **typed).status_code == 303
    assert yard.view().state == "DONOR"


def test_the_second_person_types_his_password(yard, enter):
    """A wrong one, a stranger and oneself do not help; a colleague with the right one does."""
    yard.until("ACCEPTED")
    yard.becomes("aero-engine")
    browser = enter("quality")
    address = f"/cases/{yard.case}/scrap"
    assert "It holds life-limited parts" in browser.get(address).text
    typed = {"why": "life_ended", "mass_kg": "900"}
    useless = {"control_method": "mutilation"}
    refused = [
        {"second_login": "inspector", "second_factor": "not the password"},
        {"second_login": "nobody", "second_factor": "x"},
        {"second_login": "inspector"},
    ]
    for more in refused:
        assert post(browser, address, **typed, **more).status_code == 422
    for more in ({"second_login": "quality"}, {"second_login": "inspector"}):
        got = post(browser, address, **typed, **more, second_factor=story.PASSWORD)
        assert got.status_code == 409
    assert yard.view().state == "ACCEPTED"
    sure = {"second_login": "inspector", "second_factor": story.PASSWORD, "photos": (_photo(), "disk.png")}
    shown = post(browser, address, **typed, **sure)
    assert (shown.status_code, "say what becomes of it" in shown.text) == (422, True)
    sure["photos"] = (_photo(), "disk.png")
    assert post(browser, address, **typed, **useless, **sure).status_code == 303
    assert yard.view().state == "SCRAPPED"


@pytest.mark.parametrize("way", ["password+code", "passkey"])
def test_the_second_person_gives_what_the_policy_asks(yard, enter, way):
    """T-R8: a password alone no longer stands beside; nor does a wrong code, nor the same code again."""
    signer = Signer(yard.place, yard.who["inspector"].ref, yard.who["quality"], Authenticator())
    secret = signer.enrol_code()
    ways = {**signing.all_by("password"), "quality": way}
    policy = yard.do(accounts.propose_policy, yard.who["admin"], ways=ways).body.policy
    yard.do(accounts.approve_policy, yard.who["quality"], policy)
    yard.place.database.clock.advance(seconds=60)
    yard.until("ACCEPTED")
    yard.becomes("aero-engine")
    browser, address = enter("quality"), f"/cases/{yard.case}/scrap"
    sure = {"why": "life_ended", "mass_kg": "900", "control_method": "mutilation", "second_login": "inspector"}
    sure |= {"second_factor": story.PASSWORD}
    for code, said in (("", "ask for a one-time code"), ("000000", "not the code of this moment")):
        got = post(browser, address, **sure, second_code_factor=code, photos=(_photo(), "disk.png"))
        assert (got.status_code, said in got.text) == (422, True)
    assert yard.view().state == "ACCEPTED"
    code = signer.code(secret)
    got = post(browser, address, **sure, second_code_factor=code, photos=(_photo(), "disk.png"))
    assert (got.status_code, yard.view().state) == (303, "SCRAPPED")
    assert code not in got.text


def _photo() -> io.BytesIO:
    taken = io.BytesIO()
    Image.new("RGB", (64, 48), "grey").save(taken, "PNG")
    taken.seek(0)
    return taken


def test_not_for_strangers(yard, enter, outsider):
    """Another organisation finds neither bench nor tests."""
    yard.until("IN_WORK")
    browser = enter("outsider")
    for page in ("bench", "tests", "record_component"):
        assert browser.get(f"/cases/{yard.case}/{page}").status_code == 404


def test_nobody_finds_the_second_persons_password_in_the_page(yard, enter):
    """What was typed comes back with what was refused; what proves who somebody is does not."""
    yard.until("ACCEPTED")
    yard.becomes("aero-engine")
    address = f"/cases/{yard.case}/scrap"
    answer = post(
        enter("quality"),
        address,
        why="beyond_repair",
        mass_kg="598",
        second_login="nobody-of-that-name",
        second_factor="tunnel bolt seven",
    )
    assert answer.status_code == 422
    assert "nobody-of-that-name" in answer.text
    assert "tunnel bolt seven" not in answer.text
