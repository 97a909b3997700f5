"""Labels in doubt: what is recorded is what the bytes showed, a person decides, and no way leads into a dead end."""

from __future__ import annotations

import html
import json

import pytest
import sqlalchemy as sa

from remanu.errors import Unavailable
from remanu.jobs.models import Job
from remanu.labelling import actions, queries
from remanu.labelling.actions import printing
from remanu.labelling.models import PrintLine
from remanu.labelling.views import press as worker_side
from remanu.parts.models import Item
from remanu.release.models import ReleaseCertificate
from tests.labelling.press import PRINTER
from tests.labelling.test_printing import ask, states


def test_what_is_recorded_is_what_the_bytes_showed(bench, officer, printer, press, three, work, monkeypatch):
    """Printer, record and drawing may change before somebody says that it came out. Control: the next one follows."""
    job = ask(officer, printer, three[:2])

    def broken(*_):
        raise RuntimeError("reset")

    with monkeypatch.context() as cut:
        cut.setattr(worker_side, "_finish", broken)
        with pytest.raises(RuntimeError, match="reset"):
            work()
    changed = {"key": "c", **PRINTER, "name": "Zebra 2", "media": "roll-102x152", "outlet": "zebra"}
    assert officer.post(f"/printers/{printer}/change_printer", data=changed).status_code == 303
    bench.change(Item, bench.item_id, name="Another name")
    bench.place.database.transact(lambda tx: printing.doubt(tx, bench.place.org_id, job.rpartition("/")[2]))
    assert officer.post(f"{job}/labels/1/came-out").status_code == 303
    row = bench.label(three[0])
    assert (row.printer, row.media, row.template) == ("Zebra 1", "roll-70x40", "label-70x40")
    assert json.loads(row.words)["name"] == "Diesel engine"
    bench.place.database.transact(lambda tx: tx.execute(sa.update(Job).values(state="waiting")))
    work()
    assert (bench.label(three[1]).printer, bench.label(three[1]).media) == ("Zebra 2", "roll-102x152")


def test_a_label_on_its_way_holds_the_job(bench, officer, printer, press, three, work):
    """Whoever resumes while bytes leave would make a second attempt doubt a label that is well: he is told to wait."""
    job = ask(officer, printer, three[:2])
    org_id, name = bench.place.org_id, job.rpartition("/")[2]
    line, *_ = bench.place.ask(queries.print_lines, org_id, name)
    bench.place.database.transact(lambda tx: printing.move(tx, line, "queued", "sending"))
    assert officer.post(f"{job}/stop").status_code == 303
    refused = officer.post(f"{job}/resume")
    assert (refused.status_code, "wait until it is settled" in refused.text) == (409, True)
    bench.place.database.transact(lambda tx: printing.move(tx, line, "sending", "queued"))
    assert officer.post(f"{job}/resume").status_code == 303


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_store_that_is_away_behind_the_bytes_leaves_no_dead_end(
    bench, officer, printer, press, three, work, monkeypatch
):
    """Nobody is left who could say that the label was sent: whoever resumes puts it in doubt, decides, and goes on."""
    job = ask(officer, printer, three[:2])

    def away(*_, **__):
        raise Unavailable(retry_after=5)

    with monkeypatch.context() as cut:
        cut.setattr(worker_side, "_finish", away)
        cut.setattr(printing, "move", away)
        cut.setattr(printing, "end", away)
        cut.setattr(printing, "leave", lambda tx, line, _: tx.execute(_sending(line)))
        work()
    assert states(bench, job) == ["sending", "queued"]
    assert officer.post(f"{job}/stop").status_code == 303
    assert officer.post(f"{job}/resume").status_code == 303
    assert states(bench, job) == ["unknown", "queued"]
    assert "Nothing is sent twice by itself" in officer.get(job).text
    assert officer.post(f"{job}/labels/1/did-not-come-out").status_code == 303
    assert officer.post(f"{job}/resume").status_code == 303
    work()
    assert states(bench, job) == ["sent", "sent"]


def _sending(line):
    mine = (PrintLine.print_job_id == line.print_job_id, PrintLine.no == line.no)
    return sa.update(PrintLine).where(*mine).values(state="sending")


@pytest.mark.parametrize("end", ["REVOKED", "SUPERSEDED"])
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_label_that_came_out_is_recorded_whatever_became_of_its_release(
    bench, officer, printer, press, three, work, end
):
    """The paper is there: saying that it is not would be the only other way on."""
    job = ask(officer, printer, three[:1])
    doubtful(bench, job)
    (paper,) = bench.place.ask(
        lambda connection: connection.execute(sa.select(ReleaseCertificate.id)).scalars().all()
    )
    bench.change(ReleaseCertificate, paper, state=end)
    assert officer.post(f"{job}/labels/1/came-out").status_code == 303
    assert (states(bench, job), bench.label(three[0]).state) == (["sent"], "printed")
    for no in (2, 10**30):
        assert officer.post(f"{job}/labels/{no}/came-out").status_code == 409
        assert officer.post(f"/api/v1{job}/labels/{no}/did-not-come-out").status_code == 409


def test_a_job_through_its_json(bench, officer, printer, press, three, work):
    """Stop, say what became of it, resume: as on the page, and who said so is kept and shown."""
    job = f"/api/v1{ask(officer, printer, three[:2])}"
    page = job.removeprefix("/api/v1")
    doubtful(bench, page)
    assert officer.post(f"{job}/stop").status_code == 409
    assert officer.post(f"{job}/resume").json["why"] == "fate-unknown"
    told = officer.post(f"{job}/labels/1/did-not-come-out").json["labels"][0]
    assert (told["state"], told["decision"]) == ("queued", "did-not")
    assert officer.post(f"{job}/resume").json["state"] == "running"
    assert officer.post(f"{job}/stop").json["state"] == "stopped"
    doubtful(bench, page)
    told = officer.post(f"{job}/labels/1/came-out").json["labels"][0]
    assert (told["state"], told["decision"], bool(told["decided_at"])) == ("sent", "came-out", True)
    assert "Name of label_officer said that it came out" in html.unescape(officer.get(page).text)
    assert officer.post(f"{job}/labels/9/came-out").status_code == 409
    assert officer.post("/api/v1/print-jobs/nowhere/stop").status_code == 404


def doubtful(bench, job):
    """Nobody knows whether the job's first label came out."""
    org_id, name = bench.place.org_id, job.rpartition("/")[2]
    line, *_ = bench.place.ask(queries.print_lines, org_id, name)

    def cut_off(tx):
        printing.move(tx, line, "queued", "unknown")
        printing.end(tx, queries.find_print_job(tx.connection, org_id, name), why="fate-unknown")

    bench.place.database.transact(cut_off)


def test_two_jobs_never_print_one_label_twice(bench, officer, printer, press, three, work):
    """What one job may have printed another does not send, whether it was asked for before or after."""
    first = ask(officer, printer, three[:1])
    second = ask(officer, printer, three[:2])
    doubtful(bench, first)
    work()
    assert press.burnt() == [bench.label(three[1]).payload]
    assert states(bench, second) == ["refused", "sent"]
    assert "say there whether it came out" in officer.get(second).text
    again = officer.post("/print-jobs", data={"printer": printer, "ids": three[:1]})
    assert again.status_code == 409
    assert officer.post(f"{first}/labels/1/came-out").status_code == 303
    assert bench.label(three[0]).state == "printed"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_label_withdrawn_behind_its_bytes_is_for_a_person(
    bench, officer, printer, press, three, work, monkeypatch
):
    """The paper is there and the record could not take it: nothing is lost, the rest goes on, and somebody decides."""
    job, finish = ask(officer, printer, three[:2]), worker_side._finish

    def overtaken(tx, row, line):
        if line.label_id == three[0]:
            actions.revoke(tx, bench.officer, three[0], why="copied")
        finish(tx, row, line)

    monkeypatch.setattr(worker_side, "_finish", overtaken)
    work()
    assert states(bench, job) == ["unknown", "sent"]
    assert len(press.burnt()) == 2
    assert officer.get(f"/api/v1{job}").json["why"] == "fate-unknown"
    # The worker's own unit of work was undone with the refusal; here the label is withdrawn for good.
    bench.place.do(actions.revoke, bench.officer, three[0], why="copied")
    assert officer.post(f"{job}/labels/1/came-out").status_code == 303
    assert (states(bench, job), bench.label(three[0]).state) == (["refused", "sent"], "revoked")
    page = officer.get(job).text
    assert "destroy what was printed" in page
    assert "said that it came out" in page
    assert officer.post(f"{job}/resume").status_code == 303


def test_what_a_job_may_have_printed_nobody_prints_by_hand(bench, officer, printer, press, three, work):
    """Its fate comes first; settled, it is printed once and its line is at rest. Control: another label is printed."""
    job = ask(officer, printer, three[:1])
    doubtful(bench, job)
    refused = officer.post(
        f"/labels/{three[0]}/print", data={"key": "h", "printer": "By hand", "media": "roll-70x40"}
    )
    assert refused.status_code == 409
    assert "say there whether it came out" in refused.text
    other = officer.post(
        f"/labels/{three[1]}/print", data={"key": "o", "printer": "By hand", "media": "roll-70x40"}
    )
    assert other.status_code == 303
    assert officer.post(f"{job}/labels/1/came-out").status_code == 303
    assert (states(bench, job), bench.label(three[0]).state) == (["sent"], "printed")
