"""A place has a name and a sign; the sign is printed, scanned, and tells a stranger nothing."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest

from remanu.drawing import sign
from remanu.drawing.symbol import encode
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


@pytest.mark.parametrize("name", ["رف ٣", "Shelf \N{GRINNING FACE}"])
def test_a_name_that_no_sign_could_show(hall, name):
    """It is refused when it is given: one such sign would stop the sheet of all of them."""
    with pytest.raises(BadInput) as refused:
        hall.do(actions.add_place, CLERK, name=name)
    assert refused.value.details["why"] == "missing-glyph"


@pytest.mark.parametrize("name", ["W" * 60, "再" * 60, "Shelf " * 9 + "end", "A"])
def test_no_name_is_cut_on_its_sign(name):
    """However long, in as many lines as it takes: whatever is drawn stays on the page, and is all of it."""
    drawn = sign.draw_signs([(name, encode("https://ID.EXAMPLE.TEST/P000000074"), "P0000-00074")], locale="en")
    with pypdfium2.PdfDocument(drawn) as document:
        page = document[0]
        said = page.get_textpage()
        boxes = [said.get_charbox(at) for at in range(said.count_chars())]
        text = said.get_text_range()
        wide = page.get_width()
    assert min(box[0] for box in boxes) >= 0
    assert max(box[2] for box in boxes) <= wide
    assert "".join(name.split()) in "".join(text.split())
