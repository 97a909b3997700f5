"""Recording an identifier that a part has beside our own code."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Conflict, Forbidden, NotFound
from remanu.parts import actions, queries
from remanu.parts.queries import identifiers as held
from tests.parts.hall import act
from tests.parts.naming import GTIN, LETTER, UII

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def add(hall, item, value, role="technician", **more):
    """One identifier."""
    return hall.do(role, actions.add_identifier, item.id, value=value, **more)


@pytest.mark.parametrize(
    ("value", "more", "scheme", "normalised"),
    [
        (f"https://id.maker.test/01/{GTIN}/21/A1", {}, "gs1-gtin", f"(01){GTIN}(21)A1"),
        (f"(01){GTIN}(21)A1", {}, "gs1-gtin", f"(01){GTIN}(21)A1"),
        (f"\x1d01{GTIN}21A1", {}, "gs1-gtin", f"(01){GTIN}(21)A1"),
        (f"]d201{GTIN}21A1", {}, "gs1-gtin", f"(01){GTIN}(21)A1"),
        ("(8004)9506000ROTOR", {}, "gs1-giai", "(8004)9506000ROTOR"),
        ("(8010)9506000-K(8011)17", {}, "gs1-cpid", "(8010)9506000-K(8011)17"),
        (f"(8006){GTIN}0102(21)A1", {}, "gs1-itip", f"(8006){GTIN}0102(21)A1"),
        (UII, {}, "iso-uii", "D1AB230815-X"),
        ("nw 6l-200", {}, "oem-mark", "nw6l200"),
        ("4711", {"issuer": "North Works"}, "serial", "northworks|4711"),
        ("4711", {"scheme": "serial", "issuer": "North Works"}, "serial", "northworks|4711"),
        ("(01)x", {"scheme": "oem-mark"}, "oem-mark", "(01)x"),
    ],
)
def test_the_text_says_what_it_is(hall, value, more, scheme, normalised):
    """A GS1 key, a mark after ISO/IEC 15434, a serial with its maker, or any other mark."""
    item = hall.item()
    add(hall, item, value, marked=True, evidence=(LETTER,), **more)

    one = hall.ask(held.identifiers_of, item.id)[0]
    assert (one.scheme, one.normalised) == (scheme, normalised)
    assert (one.is_marked_on_part, one.minted, one.evidence) == (True, False, LETTER.digest)


@pytest.mark.parametrize(
    "asked", [f"(01){GTIN}(21)A1", f"https://x.test/01/{GTIN}/21/A1", f"{GTIN} A1", GTIN]
)
def test_the_part_is_found_by_it(hall, asked):
    """However one writes it."""
    item = hall.item()
    add(hall, item, f"(01){GTIN}(21)A1")
    assert [row.id for row in hall.ask(queries.find, asked)] == [item.id]


def test_one_identifier_one_part(hall, other):
    """A second part of the organisation is refused, with the code of the first; another organisation is not."""
    first, second, theirs = hall.item(), hall.item(), other.item()
    add(hall, first, UII)
    with pytest.raises(Conflict, match="identifier-known"):
        add(hall, first, UII)
    with pytest.raises(Conflict, match="identifier-taken") as refused:
        add(hall, second, UII)
    assert refused.value.details["code"] == first.code
    add(other, theirs, UII)


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        ({"value": "(01)09506000134351(21)A1"}, "gs1-check"),
        ({"value": f"(01){GTIN}"}, "identifier-of-kind"),
        ({"value": f"(01){GTIN}(21)A1", "scheme": "gs1-giai"}, "identifier-other-scheme"),
        ({"value": "(21)A1"}, "gs1-lacks"),
        ({"value": "https://maker.test/shop"}, "gs1-no-key"),
        ({"value": "[)>\x1e99\x1dX"}, "envelope-malformed"),
        ({"value": "a\u202eb"}, "control-character"),
        ({"value": "---"}, "empty"),
        ({"value": "---", "issuer": "North Works"}, "empty"),
        ({"value": "A1", "scheme": "barcode"}, "not-a-choice"),
        ({"value": "A1", "scheme": "serial"}, "empty"),
    ],
)
def test_odd_input_is_refused(hall, odd, why):
    """With the reason, and nothing is recorded."""
    item = hall.item()
    with pytest.raises(BadInput, match=why):
        add(hall, item, **odd)
    assert hall.ask(held.identifiers_of, item.id) == []


def test_who_may_and_whose(hall, other):
    """Roles of the table; another's part does not exist."""
    with pytest.raises(Forbidden):
        add(hall, hall.item(), "A1", role="planner")
    with pytest.raises(NotFound):
        add(hall, other.item(), "A1")


def test_by_the_page_and_as_json(hall, technician):
    """The form leads to the page of identifiers; the same as JSON, and a bad one says why."""
    item = hall.item()
    assert technician.get(f"/parts/{item.id}/add_identifier?value=NW-7").text.count("NW-7")
    answer = technician.post(f"/parts/{item.id}/add_identifier", data={"value": "NW-7", "key": "k"})
    assert (answer.status_code, answer.location) == (303, f"/parts/{item.id}/identifiers")
    assert "NW-7" in technician.get(answer.location).text
    assert (
        act(technician, f"/parts/{item.id}/add_identifier", "j", value=UII).json["more"]["scheme"]
        == "iso-uii"
    )
    listed = technician.get(f"/api/v1/parts/{item.id}/identifiers").json
    assert [one["scheme"] for one in listed] == ["iso-uii", "oem-mark"]
    assert act(technician, f"/parts/{item.id}/add_identifier", "l", value="(01)1").status_code == 422
