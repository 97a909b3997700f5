"""Putting a release under review by hand: amber for everybody, with the reason, until it is lifted or revoked."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.errors import BadInput, Conflict, Forbidden, NotAllowed, NotFound
from remanu.labelling import actions as labelling
from remanu.parts.models import PublicState
from remanu.release import actions, queries


def said(desk):
    """What everybody is told of the unit."""
    uri = desk.yard.view().item.uri
    return desk.place.ask(lambda c: c.execute(sa.select(PublicState.state).filter_by(uri=uri)).scalar())


def test_it_is_said_to_everybody(desk, outsider):
    """And nothing is corrected, copied or delivered meanwhile; who may not, and what cannot be reviewed."""
    desk.until("SUBMITTED")
    draft = desk.paper("DRAFT")
    with pytest.raises(NotAllowed):
        desk.act("quality", "review_release", draft.id, reason="part-suspect")
    desk.release()
    paper = desk.paper()
    with pytest.raises(Forbidden):
        desk.act("technician", "review_release", paper.id, reason="part-suspect")
    with pytest.raises(NotFound):
        desk.place.do(actions.review_release, outsider, paper.id, reason="part-suspect")
    with pytest.raises(BadInput):
        desk.act("quality", "review_release", paper.id, reason="mood")
    assert said(desk) == "released"

    done = desk.act("quality", "review_release", paper.id, reason="report-received", note="By telephone.")
    assert (done.body.former, done.body.says, said(desk)) == ("released", "under-review", "under-review")
    (one,) = desk.place.ask(queries.reviews, desk.place.org_id)
    assert (one.number, one.reason, one.lifted_at) == (paper.number, "report-received", None)
    for refused in (
        lambda: desk.act("certifying_staff", "duplicate_copy", paper.id, reason="paper-lost"),
        lambda: desk.act(
            "certifying_staff",
            "supersede",
            paper.id,
            reason="warranty-corrected",
            claim_class=paper.claim_class,
            warranty_days=400,
        ),
        lambda: desk.place.do(
            labelling.deliver,
            desk.place.actor(desk.place.member("porter", "logistics")),
            desk.case,
            customer="Aster Haulage",
            delivery_note="DN-1",
            warranty_from=desk.now().date(),
            import_checked=True,
        ),
    ):
        with pytest.raises(Conflict) as told:
            refused()
        assert told.value.details["why"] == "under-review"


def test_it_may_be_revoked_instead(desk):
    """I40: the review ends with it, and the page says revoked."""
    desk.until("RELEASED")
    paper = desk.paper()
    desk.act("quality", "review_release", paper.id, reason="part-suspect")
    desk.revoke()
    assert said(desk) == "revoked"
    assert desk.place.ask(queries.reviews, desk.place.org_id) == []
    (one,) = desk.place.ask(queries.reviews_of, desk.place.org_id, paper.id)
    assert one.result == "revoked"
