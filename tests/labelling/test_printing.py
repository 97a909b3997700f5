"""Print jobs through pages and the worker: each label once, whatever breaks; where nobody knows, a person decides."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from remanu import app as application
from remanu.errors import Refusal
from remanu.jobs.models import Job
from remanu.jobs.worker import Place, Worker
from remanu.labelling import actions, queries
from remanu.labelling.actions import printing
from remanu.labelling.models import PrintLine
from remanu.labelling.views import press as worker_side
from remanu.storage import Folder
from tests.labelling.press import PRINTER


def ask(officer, printer, labels):
    """The address of the job's page."""
    answer = officer.post("/print-jobs", data={"printer": printer, "ids": labels})
    assert answer.status_code == 303, answer.text
    return answer.location


def states(bench, job):
    """The state of each line."""
    return [
        one.state for one in bench.place.ask(queries.print_lines, bench.place.org_id, job.rpartition("/")[2])
    ]


def test_each_label_is_sent_and_recorded_once(bench, officer, printer, press, three, work):
    """What the printer burns are the very addresses of the rows, in the order of asking, without a proof's word."""
    job = ask(officer, printer, three)
    assert "Printing" in officer.get(job).text
    work()
    assert press.burnt() == [bench.label(one).payload for one in three]
    assert [bench.label(one).state for one in three] == ["printed"] * 3
    assert bench.label(three[0]).printer == "Zebra 1"
    assert "All is settled" in officer.get(job).text
    told = officer.get(f"/api/v1{job}").json
    assert (told["state"], [one["state"] for one in told["labels"]]) == ("done", ["sent"] * 3)
    work()
    assert len(press.burnt()) == 3


def test_a_crash_behind_the_bytes_prints_nothing_twice(
    bench, officer, printer, press, three, work, monkeypatch
):
    """The label whose bytes left is in doubt; a person says that it came out, and the rest goes on."""
    job = ask(officer, printer, three)
    finish = worker_side._finish

    def broken(*_):
        raise RuntimeError("power")

    monkeypatch.setattr(worker_side, "_finish", broken)
    with pytest.raises(RuntimeError):
        work()
    monkeypatch.setattr(worker_side, "_finish", finish)
    assert states(bench, job) == ["sending", "queued", "queued"]
    bench.place.database.clock.advance(seconds=61)
    bench.place.database.transact(lambda tx: tx.execute(sa.update(Job).values(state="waiting")))
    work()
    assert states(bench, job) == ["unknown", "queued", "queued"]
    page = officer.get(job).text
    assert "Nothing is sent twice by itself" in page
    assert officer.post(f"{job}/resume").status_code == 409
    assert officer.post(f"{job}/labels/1/came-out").status_code == 303
    assert officer.post(f"{job}/labels/1/came-out").status_code == 409
    assert officer.post(f"{job}/resume").status_code == 303
    work()
    assert press.burnt() == [bench.label(one).payload for one in three]
    assert [bench.label(one).state for one in three] == ["printed"] * 3


def test_one_that_did_not_come_out_waits_again(bench, officer, printer, press, three, work):
    """Somebody looked: it is sent with the others."""
    job = ask(officer, printer, three[:1])
    org_id, name = bench.place.org_id, job.rpartition("/")[2]
    (line,) = bench.place.ask(queries.print_lines, org_id, name)

    def cut_off(tx):
        printing.move(tx, line, "queued", "unknown")
        printing.end(tx, queries.find_print_job(tx.connection, org_id, name), why="fate-unknown")

    bench.place.database.transact(cut_off)
    assert officer.post(f"{job}/labels/1/did-not-come-out").status_code == 303
    assert officer.post(f"{job}/resume").status_code == 303
    work()
    assert states(bench, job) == ["sent"]
    assert len(press.burnt()) == 1


def test_stop_and_resume(bench, officer, printer, press, three, work):
    """What is stopped waits; nothing is sent meanwhile."""
    job = ask(officer, printer, three)
    assert officer.post(f"{job}/stop").status_code == 303
    work()
    assert press.burnt() == []
    assert "Somebody stopped it" in officer.get(job).text
    officer.post(f"{job}/resume")
    work()
    assert len(press.burnt()) == 3


def test_a_printer_that_is_off(bench, officer, printer, press, three, work):
    """The job stops with the reason, every label waits, and it goes on once the printer is there."""
    job = ask(officer, printer, three)
    press.__exit__()
    work()
    assert states(bench, job) == ["queued"] * 3
    assert "The printer cannot be reached" in officer.get(job).text
    assert [bench.label(one).state for one in three] == ["reserved"] * 3


def test_what_must_not_be_printed_is_refused_and_the_rest_goes_on(
    bench, officer, printer, press, three, work
):
    """A label that was withdrawn meanwhile is not sent at all."""
    job = ask(officer, printer, three)
    bench.place.do(actions.revoke, bench.officer, three[1], why="other")
    work()
    assert states(bench, job) == ["sent", "refused", "sent"]
    assert len(press.burnt()) == 2


def test_a_printer_that_the_operator_did_not_name(
    officer, allowed, printer, database, three, work, web, config
):
    """Neither on the form, nor when the settings changed behind a printer that was entered before."""
    for address in ("127.0.0.1:25", "metadata.example:80", "127.0.0.1"):
        answer = officer.post(
            "/printers/add_printer", data={"key": address, **PRINTER, "name": "X", "outlet": address}
        )
        assert answer.status_code == 422
        assert "The settings of the installation name no such printer" in answer.text
    assert (
        officer.post("/printers/add_printer", data={"key": "none", **PRINTER, "name": "X"}).status_code == 422
    )
    job = ask(officer, printer, three)
    place = Place(replace(allowed, printers={}), database, Folder(allowed.evidence_dir))
    worker = Worker(place, handlers=application.JOBS, upkeep=(), daily=())
    with database.reading() as connection:
        waiting = connection.execute(sa.select(Job.id).where(Job.kind == actions.JOB)).scalar()
    worker.run(waiting)
    worker.queue.close()
    assert "The settings of the installation name no such printer" in officer.get(job).text


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_bad_asking(bench, officer, sign_in, printer, three):
    """Nothing chosen, an unknown printer, one that is none, a label that is printed, a person who may not."""
    assert officer.post("/print-jobs", data={"printer": printer}).status_code == 422
    assert officer.post("/print-jobs", data={"printer": "nowhere", "ids": three}).status_code == 404
    paper = officer.post(
        "/printers/add_printer", data={"key": "p", **PRINTER, "name": "Desk", "driver": "pdf"}
    )
    desk = paper.location.rpartition("/")[2]
    assert officer.post("/print-jobs", data={"printer": desk, "ids": three}).status_code == 409
    bench.place.do(actions.print, bench.officer, three[0], printer="Hall 2")
    assert officer.post("/print-jobs", data={"printer": printer, "ids": three}).status_code == 409
    assert (
        sign_in("inspector").post("/print-jobs", data={"printer": printer, "ids": three}).status_code == 403
    )
    assert officer.get("/print-jobs/nowhere").status_code == 404


def test_the_loser_of_a_race_is_told(bench, officer, printer, three):
    """Two workers never take the same line."""
    job = ask(officer, printer, three)
    (line, *_) = bench.place.ask(queries.print_lines, bench.place.org_id, job.rpartition("/")[2])
    bench.place.database.transact(lambda tx: printing.move(tx, line, "queued", "sending"))
    with pytest.raises(Refusal):
        bench.place.database.transact(lambda tx: printing.move(tx, line, "queued", "sending"))
    rows = bench.place.ask(lambda connection: connection.execute(sa.select(PrintLine.state)).scalars().all())
    assert sorted(rows) == ["queued", "queued", "sending"]


def test_a_zero_byte_in_what_was_ticked(officer, printer, three):
    """It is told so, on either store, and nothing is asked for."""
    for path, data in (
        ("/print-jobs", {"printer": printer, "ids": [three[0], "\0"]}),
        ("/print-jobs", {"printer": "\0", "ids": three}),
        ("/labels/needed", {"items": ["\0"], "media": "roll-70x40", "locale": "en"}),
        ("/labels/needed", {"items": three, "media": "\0", "locale": "en"}),
    ):
        assert officer.post(path, data=data).status_code == 422, (path, data)
    assert officer.get(f"/labels?item={three[0]}&item=%00").status_code == 404
