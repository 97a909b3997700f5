"""Entering an earlier installation from its document; I5, SM-9 no. 5 and 6."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from remanu.errors import BadInput, Conflict, Forbidden, NotFound
from remanu.parts.queries import limited
from tests.parts.disk import FIRST, PAPER, SECOND, disk, ends, left, split, stand, trace, whole
from tests.parts.hall import act


def whys(found):
    """Why the trace does not hold."""
    return [one.why for one in found.breaks]


def test_a_whole_trace_leaves_what_the_directive_leaves(hall):
    """I5, domain.md §4.1: 5,000 at C and 4,000 at B leave 14,705 at B or 11,871 at C; SM-9 ACTIVE."""
    found = stand(hall, whole(hall))
    assert (found.state, found.breaks) == ("ACTIVE", ())
    assert left(found) == {"B": 14705, "C": 11871}


def test_a_used_part_without_papers_has_no_trace(hall):
    """SM-9 no. 1: it enters TRACE_BROKEN, and each document that is missing is a break."""
    item = disk(hall)
    split(hall, item, A=0, B=4000, C=5000)
    assert (stand(hall, item).state, whys(stand(hall, item))) == ("TRACE_BROKEN", ["no-trace"])
    trace(hall, item, SECOND)
    assert whys(stand(hall, item)) == ["no-birth"]


def test_the_missing_document_mends_the_trace(hall):
    """SM-9 no. 6: with the first installation on record nothing is in question."""
    item = disk(hall)
    trace(hall, item, SECOND)
    split(hall, item, A=0, B=4000, C=5000)
    trace(hall, item)
    assert stand(hall, item).state == "ACTIVE"


def test_a_part_that_did_not_count_what_its_host_counted(hall):
    """I5: the delta is named with the line and the amount; SM-9 no. 5."""
    item = disk(hall)
    trace(hall, item)
    row = trace(hall, item, SECOND, counted=(*SECOND["counted"][:2], *ends("host", B=(7200, 11100), C=(4100, 4100))))
    split(hall, item, A=0, B=4000, C=5000)
    found = stand(hall, item)
    assert [(one.why, one.span, one.amount) for one in found.breaks] == [("delta", row.body.row, 100)]
    assert found.state == "TRACE_BROKEN"


def test_a_line_that_was_copied_wrongly_is_corrected(hall, technician):
    """The wrong one stays in the record and counts no more; why is said."""
    item = disk(hall)
    wrong = trace(hall, item, since=date(2004, 4, 2), counted=ends(C=(0, 4000)))
    trace(hall, item, SECOND)
    split(hall, item, A=0, B=4000, C=5000)
    assert whys(stand(hall, item)) == ["gap"]
    with pytest.raises(BadInput):
        trace(hall, item, corrects=wrong.body.row)
    page = technician.get(f"/parts/{item.id}/trace_installation?corrects={wrong.body.row}").text
    assert "takes the place of a wrong line" in page
    assert "takes the place of a wrong line" not in technician.get(f"/parts/{item.id}/trace_installation").text
    trace(hall, item, corrects=wrong.body.row, why="A digit was read wrongly")
    assert stand(hall, item).state == "ACTIVE"
    assert len(hall.ask(limited.traced, item.id)) == 2
    with pytest.raises(NotFound):
        trace(hall, item, corrects=wrong.body.row, why="x")


def test_as_it_was_before_the_document_came(hall):
    """The state of a day is that of what was on record on it."""
    item = disk(hall)
    split(hall, item, A=0, B=0, C=5000)
    before = hall.database.clock.now()
    hall.database.clock.advance(days=2)
    trace(hall, item)
    assert stand(hall, item).state == "ACTIVE"
    assert stand(hall, item, before).state == "TRACE_BROKEN"


@pytest.mark.parametrize(
    ("odd", "field", "why"),
    [
        ({"until": date(2003, 4, 1)}, "until", "ends-before"),
        ({"until": date(2203, 4, 1)}, "until", "absurd-time"),
        ({"host": ""}, "host", "empty"),
        ({"operator": ""}, "operator", "empty"),
        ({"counted": ()}, "counted", "required"),
        ({"counted": ends("host", C=(0, 1))}, "counted", "required"),
        ({"counted": ends(C=(5, 4))}, "counted.0.end", "counter-falls"),
        ({"counted": ends(C=(-5, 4))}, "counted.0.start", "negative"),
        ({"counted": ends(Z=(0, 4))}, "rating", "not-a-choice"),
        ({"counted": ends(C=("a", 4))}, "counted.0.start", "not-a-number"),
        ({"counted": (*ends(C=(0, 4)), *ends(C=(0, 4)))}, "counted.1.rating", "given-twice"),
        ({"counted": ends("nobody", C=(0, 4))}, "counted.0.whose", "not-a-choice"),
        ({"counted": (replace(ends(C=(0, 4))[0], unit="mm"),)}, "unit", "wrong-unit"),
        ({"evidence": ()}, "evidence", "required"),
    ],
)
def test_odd_input_is_refused(hall, odd, field, why):
    """Beside its field, nothing recorded: a line without its document is no evidence."""
    item = disk(hall)
    with pytest.raises(BadInput) as refusal:
        trace(hall, item, **odd)
    assert (refusal.value.details["field"], refusal.value.details["why"]) == (field, why)
    assert hall.ask(limited.traced, item.id) == []


def test_only_of_life_limited_parts(hall):
    """A frame has no life that ends."""
    with pytest.raises(Conflict) as refusal:
        trace(hall, disk(hall, component="fan-frame"))
    assert refusal.value.details["why"] == "not-life-limited"


def test_not_by_everybody_nor_elsewhere(hall, other):
    """Those who look at parts and papers; in one's own organisation."""
    with pytest.raises(Forbidden):
        trace(hall, disk(hall), role="certifying_staff")
    with pytest.raises(NotFound):
        trace(hall, disk(other))


def test_the_operator_is_sealed(hall, technician):
    """Insiders read who operated the host; the event's own bytes do not say it."""
    item = disk(hall)
    done = trace(hall, item)
    assert "Northern Air" not in str(done.body)
    assert done.sealed_key is not None
    assert "Northern Air" in technician.get(f"/parts/{item.id}/back-to-birth").text


def test_by_the_page(hall, technician):
    """Counters of the limited part by rating at both ends; the document is asked for."""
    item = disk(hall)
    page = technician.get(f"/parts/{item.id}/trace_installation").text
    assert "What the part showed" in page
    assert "Thrust rating C" in page
    form = {"host": "E-1", "operator": "Northern Air", "since": "2003-04-02", "until": "2013-11-20", "key": "k"}
    form |= {"counted.2.whose": "item", "counted.2.counter": "cycles", "counted.2.rating": "C"}
    refused = technician.post(f"/parts/{item.id}/trace_installation", data={**form, "counted.2.start": "0"})
    assert refused.status_code == 422
    assert 'value="E-1"' in refused.text


def test_the_page_tells_every_line_and_every_break(hall, technician):
    """Operator, unit, dates, counters at both ends and the document; a break stands at its line."""
    item = disk(hall)
    trace(hall, item, SECOND)
    page = technician.get(f"/parts/{item.id}/back-to-birth").text
    assert "The trace is broken" in page
    assert "does not begin at nothing" in page
    trace(hall, item)
    split(hall, item, A=0, B=4000, C=5000)
    page = technician.get(f"/parts/{item.id}/back-to-birth").text
    assert "Without a break from its first installation on" in page
    assert "14705" in page
    assert "from memory" in page
    assert "14705" in technician.get(f"/parts/{item.id}").text
    assert technician.get(f"/parts/{item.id}/back-to-birth?on=yesterday").status_code == 422


def test_the_page_teaches_where_nothing_is_on_record(hall, technician):
    """What to enter, and in which order; a part without a limited life has no such page."""
    assert "Enter each one from its papers" in technician.get(f"/parts/{disk(hall).id}/back-to-birth").text
    assert technician.get(f"/parts/{hall.item().id}/back-to-birth").status_code == 404
    assert technician.get(f"/api/v1/parts/{hall.item().id}/back-to-birth").status_code == 404


def test_as_csv_and_json(hall, technician):
    """One row a counter of each installation; no cell is taken for a formula."""
    item = whole(hall)
    table = technician.get(f"/parts/{item.id}/back-to-birth.csv")
    assert table.mimetype == "text/csv"
    rows = table.text.splitlines()
    assert rows[0].startswith("operator,host,since,until,whose,counter,rating,start,end")
    assert '"Northern Air, in XB",E-1,2003-04-02,2013-11-20,part,cycles,C,0,5000' in rows[1]
    told = technician.get(f"/api/v1/parts/{item.id}/back-to-birth").json
    assert (told["state"], told["policy"], told["mark"], told["breaks"]) == ("ACTIVE", "fraction-sum", "M", [])
    assert {one["rating"]: one["remaining"] for one in told["limits"]} == {"B": "14705", "C": "11871"}
    assert [one["host"] for one in told["installations"]] == ["E-1", "E-2"]


def test_a_cell_that_looks_like_a_formula(hall, technician):
    """A serial number may begin with any sign."""
    item = disk(hall)
    trace(hall, item, host="=1+1")
    assert ",'=1+1," in technician.get(f"/parts/{item.id}/back-to-birth.csv").text


def test_by_json(hall, technician):
    """A document is cited by its receipt alone."""
    item = disk(hall)
    counted = [{"whose": "item", "counter": "cycles", "rating": "C", "start": "0", "end": "9"}]
    given = {**FIRST, "since": "2003-04-02", "until": "2004-04-02", "counted": counted}
    evidence = [{"digest": PAPER.digest, "media_type": PAPER.media_type, "size": 900, "receipt": "0" * 64}]
    path = f"/parts/{item.id}/trace_installation"
    assert act(technician, path, **given, evidence=evidence).status_code == 422
    assert act(technician, path, **{**given, "since": "last year"}, evidence=evidence).status_code == 422
