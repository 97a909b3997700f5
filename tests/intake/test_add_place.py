"""A place has a name and a sign; the sign is printed, scanned, and tells a stranger nothing."""

from __future__ import annotations

from io import BytesIO

import pytest

from remanu.errors import BadInput, Conflict
from remanu.intake import actions, queries
from remanu.rules import identity
from tests import people
from tests.drawing import readback
from tests.intake import promises

CLERK = people.BY_ROLE["receiving_clerk"]


def test_it_has_a_code_and_stands_in_the_list(hall):
    """Its check character holds; a name that is in use is taken, in whatever letters."""
    done = hall.do(actions.add_place, CLERK, name=" Shelf 3-04 ")
    assert identity.parse_place(done.body.code) == done.body.code
    (row,) = hall.ask(queries.places, CLERK.org_id)
    assert (row.name, row.code) == ("Shelf 3-04", done.body.code)
    with pytest.raises(Conflict) as refused:
        hall.do(actions.add_place, CLERK, name="SHELF 3-04")
    assert refused.value.details["why"] == "place-taken"
    with pytest.raises(BadInput):
        hall.do(actions.add_place, CLERK, name=" ")
    assert hall.holds()


def test_roles_and_organisation(hall):
    """Whoever keeps order; others' places are not there."""
    promises.only_its_roles(hall, "add_place", lambda tx, who: actions.add_place(tx, who, name="Shelf 9"))
    hall.do(actions.add_place, CLERK, name="Shelf 3")
    assert hall.ask(queries.places, people.OUTSIDER.org_id) == []


@pytest.mark.parametrize(
    "name", ["Shelf 3-04", "货架三", "A very long name of a place that has to grow smaller to fit"]
)
def test_the_sign_is_printed_and_read(desk, name):
    """By page and JSON; its PDF is one page, says name and code, and its symbol is the payload."""
    added = desk.post("receiving_clerk", "/places/add_place", name=name)
    page = desk.get("receiving_clerk", added.location)
    assert name in page.text
    (told,) = desk.get("receiving_clerk", "/api/v1/places").json
    assert told["payload"].endswith(f"/{told['code']}")
    pdf = desk.get("receiving_clerk", f"{added.location}/sign.pdf").data
    (image,) = readback.pages(pdf, 100)
    assert readback.symbols(image) == [told["payload"]]
    photo = BytesIO()
    image.save(photo, "PNG")
    sent = desk.browser("receiving_clerk").post(
        "/scan", data={"photo": (BytesIO(photo.getvalue()), "sign.png")}
    )
    assert sent.location == added.location
    said = readback.text(pdf)
    assert name in said
    assert identity.group_place(told["code"]) in said


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_all_signs_are_printed_at_once(desk):
    """A page each, by name; without a place there is nothing to print."""
    assert desk.get("receiving_clerk", "/places/signs.pdf").status_code == 404
    for name in ("Shelf 2", "Bench 1"):
        desk.post("receiving_clerk", "/places/add_place", name=name)
    told = desk.get("receiving_clerk", "/api/v1/places").json
    drawn = readback.pages(desk.get("receiving_clerk", "/places/signs.pdf").data, 60)
    assert [one["name"] for one in told] == ["Bench 1", "Shelf 2"]
    assert [readback.symbols(page) for page in drawn] == [[one["payload"]] for one in told]


def test_what_its_symbol_leads_to(desk, other, web):
    """Insiders come to the place; nobody else learns whether it is there, and no spelling of it is a part."""
    desk.post("receiving_clerk", "/places/add_place", name="Shelf 3")
    (told,) = desk.get("receiving_clerk", "/api/v1/places").json
    code, home = told["code"], f"/places/{told['id']}"
    for path in (f"/{code}", f"/{code.lower()}/", f"/{identity.group_place(code)}"):
        assert desk.get("technician", path).location == home
    for asked in (told["payload"], code, identity.group_place(code).lower()):
        assert desk.browser("technician").get("/scan", query_string={"text": asked}).location == home
    stranger = web.test_client()
    nobody = identity.new_place_code(lambda _: 7)
    known, unknown = (stranger.get(f"/{one}") for one in (code, nobody))
    assert (known.status_code, unknown.status_code) == (200, 200)
    assert known.text.replace(identity.group_place(code), "").replace(code, "") == unknown.text.replace(
        identity.group_place(nobody), ""
    ).replace(nobody, "")
    assert other.get("technician", f"/{code}").status_code == 200
    assert other.get("technician", home).status_code == 404
    assert stranger.get(f"/{code[:-1]}{'0' if code[-1] != '0' else '1'}").status_code == 404
