"""Two scans: a part and then the sign of a place, or the sign and then part after part."""

from __future__ import annotations

import html

import pytest

from remanu.accounts import actions as accounts
from remanu.errors import BadInput, Conflict
from remanu.intake import actions, queries
from remanu.rules import identity
from tests import people
from tests.intake import promises, story

CLERK = people.BY_ROLE["receiving_clerk"]


@pytest.fixture
def shelf(hall):
    """A shelf with a sign; its row."""
    done = hall.do(actions.add_place, CLERK, name="Shelf 3")
    return hall.ask(queries.find_place, CLERK.org_id, done.subject.id)


@pytest.fixture
def item(hall):
    """A core that was received."""
    return hall.case(hall.do(story.until, "received")).item.id


def stands(hall, item):
    """Where it stands."""
    from remanu.parts import queries as parts  # noqa: PLC0415 -- named like the fixture of other tests

    return hall.ask(parts.find_item, CLERK.org_id, item).place


def test_a_part_goes_where_the_sign_hangs(hall, shelf, item):
    """By its code, its address, its name in other letters: always the place's own name, and twice is once."""
    for given in (shelf.code, identity.payload("https://id.example.test", shelf.code), "SHELF 3"):
        hall.do(actions.move, CLERK, item, place="Gate")
        hall.do(actions.move, CLERK, item, place=given)
        assert stands(hall, item) == "Shelf 3"
    before = hall.events()
    assert hall.do(actions.put_there, CLERK, shelf.id, item) is None
    assert hall.events() == before


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("https://id.example.test/{nobody}", "unknown-place"),
        ("httpsÖ--ID.EXAMPLE.TEST-{nobody}", "unknown-place"),
        ("https://id.example.test/{item}", "not-a-place"),
        ("{item}", "not-a-place"),
    ],
)
def test_what_is_no_sign_of_ours_is_refused(hall, item, given, why):
    """A label of a part, a sign of nobody; a plain name that merely looks like a code is a name."""
    nobody = identity.new_place_code(lambda _: 7)
    code = identity.new_item_code(lambda _: 7)
    with pytest.raises(BadInput) as refused:
        hall.do(actions.move, CLERK, item, place=given.format(nobody=nobody, item=code))
    assert refused.value.details["why"] == why
    hall.do(actions.move, CLERK, item, place=nobody)
    assert stands(hall, item) == nobody


def test_the_sign_of_a_place_that_was_given_up(hall, shelf, item):
    """It says so, and the part stays where it is."""
    hall.do(actions.retire_place, CLERK, shelf.id)
    with pytest.raises(Conflict) as refused:
        hall.do(actions.move, CLERK, item, place=shelf.code)
    assert refused.value.details["why"] == "place-retired"


def test_roles_and_organisation(hall, shelf, item):
    """Those of moving."""
    promises.only_its_roles(hall, "move", lambda tx, who: actions.put_there(tx, who, shelf.id, item))
    promises.only_its_organisation(hall, lambda tx, who: actions.put_there(tx, who, shelf.id, item))


@pytest.fixture
def hangar(desk):
    """Two places and two received cores, through pages: addresses of the places and codes of the cores."""
    places = [
        desk.post("receiving_clerk", "/places/add_place", name=one).location for one in ("Shelf 1", "Shelf 2")
    ]
    signs = {one["name"]: one["payload"] for one in desk.get("receiving_clerk", "/api/v1/places").json}
    items = [desk.received(serial=serial).item for serial in ("P-1", "P-2")]
    return places, signs, items


def test_place_then_parts(desk, hangar):
    """Each scan moves a part at once and is offered to be undone; the sign of another place leads on."""
    (first, second), signs, items = hangar
    for one in items:
        answer = desk.post("receiving_clerk", f"{first}/parts", text=one.code)
        assert answer.location == f"{first}?put={one.id}"
    page = desk.get("receiving_clerk", f"{first}?put={items[0].id}").text
    assert page.index(items[0].id) < page.index("undo_move") < page.index(items[1].id), (
        "the newest scan comes first"
    )
    assert "undo_move" not in desk.get("receiving_clerk", f"{first}?put=%00").text
    assert [one["code"] for one in desk.get("receiving_clerk", f"/api/v1{first}").json["standing"]] == [
        one.code for one in reversed(items)
    ]
    assert desk.post("receiving_clerk", f"{first}/parts", text=items[0].code).location == first
    assert desk.post("receiving_clerk", f"{first}/parts", text=signs["Shelf 2"]).location == second
    assert desk.post("receiving_clerk", f"{second}/parts", text=items[0].code).status_code == 303
    assert desk.get("receiving_clerk", f"/api/v1{first}").json["parts"] == 1


def test_part_then_place(desk, hangar):
    """What the camera read at the place waits in the form; sent, the part stands there."""
    (first, _), signs, (core, _) = hangar
    way = desk.browser("receiving_clerk").get("/scan", query_string={"do": "move", "text": core.code})
    assert way.location == f"/parts/{core.id}/move"
    form = desk.browser("receiving_clerk").get(way.location, query_string={"text": signs["Shelf 1"]}).text
    assert f'value="{signs["Shelf 1"]}"' in html.unescape(form)
    assert desk.post("receiving_clerk", way.location, place=signs["Shelf 1"]).status_code == 303
    assert desk.get("receiving_clerk", f"/api/v1{first}").json["parts"] == 1


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_bad_scans_at_a_place(desk, hangar):
    """Named with the reason; nothing moves."""
    (first, _), signs, (core, _) = hangar
    host, nobody = signs["Shelf 1"].rpartition("/")[0], identity.new_place_code(lambda _: 7)
    for text, status, said in (
        ("", 422, ""),
        (identity.new_item_code(lambda _: 9), 404, "No such record"),
        (f"{host}/{nobody}", 422, "none of yours"),
        ("https://evil.test/" + core.code, 422, ""),
        ("\0", 422, ""),
        (core.code[:-1] + ("0" if core.code[-1] != "0" else "1"), 422, ""),
    ):
        answer = desk.post("receiving_clerk", f"{first}/parts", text=text)
        assert (answer.status_code, said in answer.text) == (status, True), text
    assert desk.get("receiving_clerk", f"/api/v1{first}").json["parts"] == 0
    assert desk.post("inspector", f"{first}/parts", text=core.code).status_code == 403
    assert desk.post("receiving_clerk", "/places/nowhere/parts", text=core.code).status_code == 404


@pytest.mark.parametrize("name", ["HTTP rack", "Werkbank 00039", "Rack 02 Shelf 19", "Hall 10 Bench 13"])
def test_a_name_that_reads_as_something_else(hall, item, name):
    """It is the place's name all the same, by its sign and typed."""
    place = hall.do(actions.add_place, CLERK, name=name).subject.id
    hall.do(actions.put_there, CLERK, place, item)
    assert stands(hall, item) == name
    hall.do(actions.move, CLERK, item, place="Gate")
    hall.do(actions.move, CLERK, item, place=name.upper())
    assert stands(hall, item) == name


def test_a_badge_is_no_place(place, web, desk):
    """It lets a person in: no form takes it, no page shows it, the record never learns it. Control: another text."""
    admin = place.actor(place.member("root", "admin"))
    badge = place.do(accounts.issue_badge, admin, place.member())
    shelf = desk.post("receiving_clerk", "/places/add_place", name="Shelf 1").location
    core = desk.received(serial="B-1").item
    tries = (
        desk.post("receiving_clerk", f"/parts/{core.id}/move", place=badge),
        desk.post("receiving_clerk", f"{shelf}/parts", text=badge),
        desk.post("receiving_clerk", "/basket/put", text=badge, act="move"),
        desk.post("receiving_clerk", "/places/add_place", name=badge),
    )
    for answer in tries:
        assert (answer.status_code, "This is a badge of a person" in answer.text) == (422, True)
    assert desk.get("receiving_clerk", f"/parts/{core.id}/move?text={badge}").location == f"/parts/{core.id}/move"
    assert desk.get("technician", f"/parts/{core.id}/fit?code={badge}").location == f"/parts/{core.id}/fit"
    shown = desk.post("technician", f"/parts/{core.id}/fit", code=badge, position="p").text
    assert f'value="{badge}"' not in shown + "".join(answer.text for answer in tries)
    refused = desk.json("receiving_clerk", f"/parts/{core.id}/move", {"place": badge})
    assert (refused.status_code, refused.json["why"]) == (422, "badge-scanned")
    assert desk.post("receiving_clerk", f"/parts/{core.id}/move", place=badge[::-1]).status_code == 303
