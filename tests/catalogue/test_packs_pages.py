"""Pages and JSON of family packs."""

from __future__ import annotations

import io
import re

import pytest

from tests.accounts.place import PASSWORD
from tests.catalogue import own

DRAFT = "/catalogue/packs/draft_pack"


def drafted(desk, source=own.HOIST, **given):
    """The address of a draft's page."""
    answer = desk.post("engineering", DRAFT, source=source, **given)
    assert answer.status_code == 303, answer.text
    return answer.location


def in_force(desk, page):
    """Approved by the approver, in force from the day of the tests."""
    assert desk.post("approver", f"{page}/approve_pack", factor=PASSWORD).status_code == 303
    assert desk.post("engineering", f"{page}/put_in_force", applies_from="2026-03-01").status_code == 303
    return page


@pytest.fixture
def second(desk):
    """The next edition of the diesel engine, copied from the built-in one."""
    return drafted(desk, own.diesel(**own.NEXT), base="diesel-engine")


def test_the_list_teaches_while_it_is_empty(desk):
    """And offers the built-in packs to begin with."""
    page = desk.get("engineering", "/catalogue/packs").text
    assert "No pack of our own yet" in page
    assert page.count('href="/catalogue/packs/') == 8
    assert "Write a family pack" in page
    assert "Write a family pack" not in desk.get("inspector", "/catalogue/packs").text


def test_a_built_in_pack_can_be_read_copied_and_changed(desk):
    """Its page leads to the form, which holds its text."""
    page = desk.get("engineering", "/catalogue/packs/copier").text
    assert "Demonstration data" in page
    link = re.search(r'href="(/catalogue/packs/draft_pack\?base=copier)"', page)
    form = desk.get("engineering", link[1]).text
    assert "id = &#34;copier&#34;" in form
    assert 'name="base" value="copier"' in form
    text = desk.get("inspector", "/catalogue/packs/copier?as=text")
    assert text.headers["Content-Disposition"].startswith("attachment")


def test_a_draft_is_approved_and_put_in_force(desk, second):
    """Each by a page, and the page of the pack says who and when."""
    in_force(desk, second)
    page = desk.get("inspector", second).text
    assert "Name of engineering@" in page
    assert "Name of approver@" in page
    assert "since" in page
    assert "Approved" in desk.get("inspector", "/catalogue/packs").text
    assert "edition 3" in desk.get("inspector", "/catalogue/editions").text


def test_what_is_different_is_said_in_words(desk, second):
    """Each changed limit before and after, in the language of the reader."""
    page = desk.get("approver", f"{second}/differences?from=diesel-engine").text
    assert "Main journal diameter" in page
    assert "repair limit, at least" in page
    assert "<del>64.85</del> → <ins>64.80</ins>" in page
    chinese = desk.get("approver", f"{second}/differences?from=diesel-engine&lang=zh-Hant").text
    assert "主軸頸直徑" in chinese
    same = f"{second}/differences?from={second.rpartition('/')[2]}&lang=en"
    assert "Nothing differs" in desk.get("approver", same).text


def test_every_error_is_told_with_its_place_and_nothing_is_lost(desk):
    """The typed text stays in the form."""
    broken = own.HOIST.replace('"0.10"', "0.10").replace('parent = "hoist"', 'parent = "keel"')
    answer = desk.post("engineering", DRAFT, source=broken)
    assert answer.status_code == 422
    assert "characteristics[0].limits.new_max" in answer.text
    assert "Write this as text between quotation marks" in answer.text
    assert "keel" in answer.text
    assert "Nothing was stored" in answer.text


def test_a_file_takes_the_place_of_what_was_typed(desk):
    """And comes back as text when it is refused."""
    form = {"key": "k", "source": "# typed", "source_file": (io.BytesIO(own.HOIST.encode()), "hoist.toml")}
    answer = desk.browser("engineering").post(DRAFT, data=form, content_type="multipart/form-data")
    assert answer.status_code == 303
    form |= {"key": "k2", "source_file": (io.BytesIO(b"edition = 1\n# mine"), "hoist.toml")}
    answer = desk.browser("engineering").post(DRAFT, data=form, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "# mine" in answer.text
    form |= {"key": "k3", "source_file": (io.BytesIO(b"\xff\xfe\x00"), "hoist.toml")}
    answer = desk.browser("engineering").post(DRAFT, data=form, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "# typed" in answer.text


def test_json_tells_all_faults(desk):
    """A problem document with a stable code and every place."""
    answer = desk.json("engineering", DRAFT, {"source": own.HOIST.replace('"0.10"', "0.10").replace('"45"', "45")})
    assert answer.status_code == 422
    told = answer.json
    assert told["code"] == "pack-refused"
    assert {one["path"] for one in told["faults"]} == {
        "characteristics[0].limits.new_max",
        "positions[1].nominal_mass_kg",
    }


def test_json_reads_what_the_pages_show(desk, second):
    """List, text and differences."""
    (row,) = desk.get("inspector", "/api/v1/catalogue/packs").json
    assert (row["family"], row["edition"], row["state"]) == ("diesel-engine", "3", "draft")
    assert desk.get("inspector", f"/api/v1{second}").json["text"].startswith("#")
    changes = desk.get("inspector", f"/api/v1{second}/differences").json
    assert {one["key"] for one in changes} == {"diesel-engine", "main-journal-diameter"}


def test_nobody_approves_his_own(desk, second):
    """The page says so; the form of the approver alone is offered."""
    assert "Approve a family pack" not in desk.get("engineering", second).text
    assert desk.post("engineering", f"{second}/approve_pack", factor=PASSWORD).status_code == 403


def test_a_wrong_password_approves_nothing(desk, second):
    """It is a signature."""
    assert desk.post("approver", f"{second}/approve_pack", factor="wrong").status_code in {401, 422}
    assert "Draft" in desk.get("inspector", second).text


@pytest.mark.parametrize("key", ["spaceship", "\0", "ab" * 32, "..", "%ff", "x" * 300])
def test_odd_packs_are_not_found(desk, key):
    """Whatever stands in the address."""
    for path in ("", "/differences"):
        assert desk.browser("inspector").get(f"/catalogue/packs/{key}{path}").status_code in {400, 404}
    asked = {"path": "/catalogue/packs/copier/differences", "query_string": {"from": key}}
    assert desk.browser("inspector").get(**asked).status_code == 404


def test_another_organisation_sees_nothing(desk, other, second):
    """Neither the pack nor that there is one."""
    assert other.get("inspector", second).status_code == 404
    assert "No pack of our own yet" in other.get("engineering", "/catalogue/packs").text
    assert other.get("inspector", "/api/v1/catalogue/packs").json == []


def test_part_types_come_from_an_own_pack(desk):
    """From the day on which it holds, its family stands beside the built-in ones."""
    asked = "/catalogue/types/define_type"
    assert "hoisting-machine" not in desk.get("engineering", asked).text
    in_force(desk, drafted(desk))
    assert "?family=hoisting-machine" in desk.get("engineering", asked).text
    named = dict.fromkeys(("name_en", "name_zh_hans", "name_zh_hant"), "Sheave LW-300")
    made = desk.post("engineering", asked, family="hoisting-machine", component="sheave", **named)
    assert made.location == "/catalogue/types"
    assert "Traction sheave" in desk.get("inspector", "/catalogue/types").text
    assert "Hoisting machine" in desk.get("planner", "/cases/announce").text
