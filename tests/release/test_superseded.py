"""A part whose label still names a corrected certificate says so to everybody, until its label is renewed."""

from __future__ import annotations

from remanu.labelling import actions as labelling
from remanu.labelling import queries as labels
from remanu.ledger import rebuild
from remanu.parts import actions as parts
from tests.release.test_review_release import said


def _put_on(desk, officer, label):
    """Printed, put on the part, read back."""
    desk.place.do(labelling.print, officer, label, printer="Hall 2")
    desk.place.do(labelling.apply, officer, label, evidence=(desk.yard.photo,))
    code = desk.place.ask(labels.find_label, desk.place.org_id, label).payload
    desk.place.do(labelling.read_back, officer, label, code=code)


def _correct(desk):
    paper = desk.paper()
    given = {"claim_class": paper.claim_class, "warranty_days": 400}
    return desk.act("certifying_staff", "supersede", paper.id, reason="warranty-corrected", **given)


def test_superseded_until_the_label_is_renewed(desk, web, registry):
    """Before there is a label nothing doubts; afterwards the page is amber, with the reason and the new number."""
    desk.until("RELEASED")
    _correct(desk)
    assert said(desk) == "released"
    officer = desk.place.actor(desk.place.member("officer", "label_officer"))
    asked = {"placement": "part", "media": "roll-70x40", "locale": "en"}
    label = desk.place.do(labelling.reserve, officer, desk.yard.unit, **asked).body.label
    _put_on(desk, officer, label)
    assert said(desk) == "released"

    new = _correct(desk).body.issue.record.number
    assert said(desk) == "superseded"
    code = desk.yard.view().item.code
    told = web.test_client().get(f"/{code}?format=json").json
    assert (told["state"]["code"], told["state"]["sign"], told["state"]["reason"]) == (
        "superseded",
        "attention",
        "warranty-corrected",
    )
    page = web.test_client().get(f"/{code}").text
    assert f"Certificate {new} replaced the former one" in page
    assert "The warranty is corrected" in page

    fresh = desk.place.do(labelling.supersede, officer, label, why=labelling.WHY[0]).body.replacement.label
    _put_on(desk, officer, fresh)
    assert said(desk) == "released"
    _came_back(desk)
    assert rebuild.check(desk.place.database, registry).problems == ()


def _came_back(desk):
    """A unit that is in work anew: doubt about its old release is kept, and its page goes on to say in process."""
    porter = desk.place.actor(desk.place.member("porter", "logistics"))
    asked = {"customer": "Aster Haulage", "delivery_note": "DN-1", "import_checked": True}
    desk.place.do(labelling.deliver, porter, desk.case, warranty_from=desk.now().date(), **asked)
    desk.place.do(
        parts.read_counter, porter, desk.yard.unit, counter="hours", value="14000", origin="instrument"
    )
    desk.place.do(parts.return_core, porter, desk.case)
    done = desk.act("quality", "review_release", desk.paper().id, reason="report-received")
    assert (done.body.former, done.body.says, said(desk)) == (None, None, "in-process")
    lifted = desk.act("certifying_staff", "lift_review", done.body.review, basis="not-affected")
    assert (lifted.body.says, said(desk)) == (None, "in-process")
