"""The record of labels makes the same rows again, whatever has changed around it since."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from remanu.labelling import actions, events
from remanu.labelling.models import Delivery, Label, LabelDesign, PrintedOrigin, Printer
from remanu.ledger.kinds import read, registry
from remanu.ledger.models import EventRow
from remanu.parts.models import Case, Item
from tests.labelling.place import PHOTO

REGISTRY = registry(events.KINDS)
TABLES = (Label, LabelDesign, PrintedOrigin, Delivery, Printer)


@pytest.fixture
def story(bench):
    """Everything that can happen to labels, once."""
    place, officer = bench.place, bench.officer
    place.do(actions.report_lost, officer, bench.printed(placement="packing"))
    place.do(actions.revoke, officer, bench.reserve(placement="packing"), why="copied")
    place.do(actions.destroy, officer, bench.printed(placement="document"), why="removed")
    first = bench.printed(locale="zh-Hans")
    new = place.do(actions.supersede, officer, first, why="misprinted").body.replacement.label
    place.do(actions.print, officer, new, printer="Hall 2")
    place.do(actions.apply, officer, new, evidence=(PHOTO,))
    place.do(actions.read_back, officer, new, code=bench.label(new).payload)
    place.do(
        actions.deliver,
        bench.person("logistics"),
        bench.case_id,
        customer="Fjord Ferries",
        delivery_note="DN-17",
        warranty_from=date(2026, 3, 2),
        import_checked=True,
    )
    desk = {"name": "Desk 3", "driver": "pdf", "media": "a4-l7160", "dpi": 600}
    printer = place.do(actions.add_printer, officer, **desk).subject.id
    place.do(actions.change_printer, officer, printer, **{**desk, "dpi": 300})
    lengths = {"left": "22.2", "top": "20", "across": "161.6", "down": "200"}
    place.do(actions.calibrate_printer, officer, printer, **lengths)
    place.do(actions.retire_printer, officer, printer)
    _designs(bench)
    return bench


def _designs(bench):
    """One drawing takes another's place; the first came from elsewhere, the second is retired."""
    place, officer, quality = bench.place, bench.officer, bench.person("quality")
    looks = {"kind": "tag", "media": "roll-50x30", "side": "left", "share": "large", "rows": ("part_number", "serial")}
    first = place.do(actions.draft_design, officer, name="Blue tags", **looks)
    taken = {"name": "Blue tags", "media": "roll-50x30", "drawing": first.body.drawing}
    second = place.do(actions.import_design, officer, **taken)
    for one in (first, second):
        place.do(actions.approve_design, quality, one.subject.id)
    place.do(actions.retire_design, officer, second.subject.id)


def rows(place):
    """All rows of the views."""
    return {
        table.__tablename__: place.ask(
            lambda c, t=table: sorted(map(repr, c.execute(sa.select(t.__table__)).all()))
        )
        for table in TABLES
    }


def replay(bench):
    """Empty the views and apply every event of labels again, in the order of the record."""
    events_ = bench.place.ask(
        lambda c: c.execute(
            sa.select(EventRow.canonical)
            .where(EventRow.kind.in_(sorted(REGISTRY)))
            .order_by(EventRow.position)
        )
        .scalars()
        .all()
    )

    def work(tx):
        for table in TABLES:
            tx.execute(sa.delete(table))
        for canonical in events_:
            done = read(REGISTRY, canonical)
            REGISTRY[done.kind].apply(tx, done)

    bench.place.database.transact(work)


def test_every_kind_happened(story):
    """The story is a test of all kinds, and of those that come later."""
    happened = story.place.ask(lambda c: set(c.execute(sa.select(EventRow.kind)).scalars()))
    assert set(REGISTRY) <= happened


def test_a_replay_makes_the_same_rows(story):
    """Effects copy: neither the name nor the host of today comes into yesterday's labels."""
    before = rows(story.place)
    story.change(Case, story.case_id, state="RELEASED")
    story.change(Item, story.item_id, name="Another name")
    story.place.database.label_origin = "https://id.new.test"
    replay(story)
    assert rows(story.place) == before
    assert story.case.state == "IN_SERVICE"
