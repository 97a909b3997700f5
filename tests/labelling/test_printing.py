"""Print jobs through pages and the worker: each label once, whatever breaks; where nobody knows, a person decides."""

from __future__ import annotations

import html
import json
from dataclasses import replace

import pytest
import sqlalchemy as sa

from remanu import app as application
from remanu.errors import Refusal, Unavailable
from remanu.jobs.models import Job
from remanu.jobs.worker import Place, Worker
from remanu.labelling import actions, queries
from remanu.labelling.actions import printing
from remanu.labelling.models import PrintLine
from remanu.labelling.views import press as worker_side
from remanu.parts.models import Item
from remanu.release.models import ReleaseCertificate
from remanu.storage import Folder
from remanu.web import context
from tests.labelling.press import Press

PRINTER = {"name": "Zebra 1", "driver": "zpl", "media": "roll-70x40", "dpi": "203"}


@pytest.fixture
def press():
    """A printer on this machine."""
    with Press() as one:
        yield one


@pytest.fixture
def allowed(web, config, database, press):
    """The settings of an installation whose operator allows it."""
    settings = replace(config, printers={"zebra": press.address})
    context.install(web, application.installation(settings, database))
    return settings


@pytest.fixture
def work(allowed, database):
    """Runs every job that waits, as the worker does."""

    def done() -> None:
        worker = Worker(
            Place(allowed, database, Folder(allowed.evidence_dir)),
            handlers=application.JOBS,
            upkeep=(),
            daily=(),
        )
        with database.reading() as connection:
            waiting = list(
                connection.execute(
                    sa.select(Job.id).where(Job.kind == actions.JOB, Job.state == "waiting")
                ).scalars()
            )
        for one in waiting:
            worker.run(one)
        worker.queue.close()

    return done


@pytest.fixture
def printer(allowed, officer, press):
    """The printer's id, entered on its page."""
    answer = officer.post("/printers/add_printer", data={"key": "k", **PRINTER, "outlet": "zebra"})
    assert answer.status_code == 303, answer.text
    return answer.location.rpartition("/")[2]


@pytest.fixture
def three(bench):
    """Three reserved labels of the engine."""
    return [bench.reserve(placement=one) for one in ("part", "packing", "document")]


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
    (paper,) = bench.place.ask(lambda connection: connection.execute(sa.select(ReleaseCertificate.id)).scalars().all())
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
    refused = officer.post(f"/labels/{three[0]}/print", data={"key": "h", "printer": "By hand", "media": "roll-70x40"})
    assert refused.status_code == 409
    assert "say there whether it came out" in refused.text
    other = officer.post(f"/labels/{three[1]}/print", data={"key": "o", "printer": "By hand", "media": "roll-70x40"})
    assert other.status_code == 303
    assert officer.post(f"{job}/labels/1/came-out").status_code == 303
    assert (states(bench, job), bench.label(three[0]).state) == (["sent"], "printed")


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
