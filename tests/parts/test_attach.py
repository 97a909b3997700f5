"""Adding photos and documents, and reading them again."""

from __future__ import annotations

import io

import pytest

from remanu.errors import BadInput, Forbidden, NotFound
from remanu.parts import actions, queries
from remanu.parts.events import Cited
from tests.parts import pictures
from tests.parts.hall import act

PHOTO = Cited(digest="cd" * 32, media_type="image/png", size=9, shows="crack")


def attach(hall, item, role="technician", evidence=(PHOTO,)):
    """Cite a photo."""
    return hall.do(role, actions.attach, item.id, evidence=evidence)


def upload(browser, content, name="crack.png"):
    """Send a file by JSON's door; what an act needs to cite it."""
    return browser.post("/api/v1/evidence", data={"file": (io.BytesIO(content), name)})


def test_a_photo_belongs_to_the_part_and_its_case(hall):
    """Without being told the case is found."""
    case = hall.case()
    assert attach(hall, case.item).body.case == case.id
    assert hall.ask(queries.find_evidence, PHOTO.digest).media_type == "image/png"


def test_the_same_file_may_be_cited_again(hall):
    """By another act on another part."""
    for item in (hall.item(), hall.item()):
        assert attach(hall, item).body.case is None


def test_nothing_is_no_evidence(hall):
    """Refused beside the field."""
    with pytest.raises(BadInput):
        attach(hall, hall.item(), evidence=())


def test_not_by_the_administrator_nor_elsewhere(hall, other):
    """A workshop role in one's own organisation."""
    with pytest.raises(Forbidden):
        attach(hall, hall.item(), "admin")
    with pytest.raises(NotFound):
        attach(hall, other.item())


def test_by_the_page(hall, technician):
    """An uploaded photo is shown re-encoded, and given back byte for byte."""
    item, photo = hall.item(), pictures.png()
    form = {"photos": (io.BytesIO(photo), "crack.png"), "key": "k"}
    assert technician.post(f"/parts/{item.id}/attach", data=form).status_code == 303
    page = technician.get(f"/parts/{item.id}").text
    digest = page.partition('src="/evidence/')[2][:64]
    shown = technician.get(f"/evidence/{digest}?as=small")
    assert (shown.mimetype, shown.status_code) == ("image/webp", 200)
    original = technician.get(f"/evidence/{digest}?as=original")
    assert (original.data, original.mimetype) == (photo, "image/png")
    assert "attachment" in original.headers["Content-Disposition"]


def test_a_page_without_a_file_says_so(hall, technician):
    """And stores nothing."""
    item = hall.item()
    answer = technician.post(f"/parts/{item.id}/attach", data={"key": "k"})
    assert answer.status_code == 422
    assert "Please fill this in" in answer.text


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"GIF89a", b"\x89PNG\r\n\x1a\n"])
def test_files_that_are_not_what_they_claim_are_refused(hall, technician, content):
    """By content, whatever their name."""
    item = hall.item()
    form = {"photos": (io.BytesIO(content), "crack.png"), "key": "k"}
    assert technician.post(f"/parts/{item.id}/attach", data=form).status_code == 422


def test_by_json(hall, technician):
    """Upload, then cite by what the upload answered."""
    item = hall.item()
    kept = upload(technician, pictures.png()).json
    assert act(technician, f"/parts/{item.id}/attach", evidence=kept).status_code == 200
    assert hall.ask(queries.find_evidence, kept[0]["digest"])


def test_a_file_of_another_organisation_cannot_be_cited(hall, other, web, technician):
    """Its digest may stand on a public page: without our own receipt it opens nothing."""
    theirs = other.browser(web, "technician")
    kept = upload(theirs, pictures.png()).json
    their_item = other.item()
    assert act(theirs, f"/parts/{their_item.id}/attach", evidence=kept).status_code == 200
    answer = act(technician, f"/parts/{hall.item().id}/attach", evidence=kept)
    assert (answer.status_code, answer.json["fields"]) == (
        422,
        {"evidence.0.digest": ["not-a-digest"]},
    )
    assert technician.get(f"/evidence/{kept[0]['digest']}").status_code == 404


def test_a_receipt_is_for_what_was_sent(hall, technician):
    """Another size or type is refused."""
    kept = upload(technician, pictures.png()).json
    path = f"/parts/{hall.item().id}/attach"
    for odd in ({"size": 1}, {"media_type": "application/pdf"}, {"receipt": "00" * 32}):
        assert act(technician, path, evidence=[kept[0] | odd]).status_code == 422


def test_uploading_nothing_is_refused(technician):
    """With the field named."""
    answer = technician.post("/api/v1/evidence", data={})
    assert (answer.status_code, answer.json["fields"]) == (422, {"file": ["required"]})


def test_a_document_is_given_as_it_came(hall, technician):
    """Never drawn inside a page of ours."""
    item = hall.item()
    kept = upload(technician, b"%PDF-1.7 and so on", "report.pdf").json
    act(technician, f"/parts/{item.id}/attach", evidence=kept)
    answer = technician.get(f"/evidence/{kept[0]['digest']}")
    assert (answer.data, answer.mimetype) == (b"%PDF-1.7 and so on", "application/pdf")
    assert f'href="/evidence/{kept[0]["digest"]}"' in technician.get(f"/parts/{item.id}").text


def test_the_name_of_a_file_stays_out_of_the_record(hall, technician):
    """Anybody may read the record, and a name may say anything; that it shows the plate is all that is kept of it."""
    item = hall.item()
    for name in ("Ren Ito, Aster Haulage.png", "template.png", "type-plate.png"):
        form = {"photos": (io.BytesIO(pictures.png()), name), "key": name}
        assert technician.post(f"/parts/{item.id}/attach", data=form).status_code == 303
    newest, between, oldest = (row.canonical for row in hall.ask(queries.history, item.id)[:3])
    assert b"Aster" not in oldest
    assert b'"shows":""' in between
    assert b'"shows":"data plate"' in newest
