"""Verdicts that are kept: computed in batches by a job, recomputable from their rows, and a false one is found."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from remanu.cli import main
from remanu.jobs import rows as jobs
from remanu.jobs.models import Job
from remanu.jobs.worker import Place, Run
from remanu.recognition import actions, queries
from remanu.recognition.actions import storing
from remanu.recognition.models import StoredVerdict
from remanu.rules.verdicts import FORMER, Used, inputs_of
from remanu.storage import Folder
from tests.certification import story as certified
from tests.recognition import story
from tests.recognition.unit import HOLDER, released


@pytest.fixture
def command(config, told):
    """The command, as an operator types it."""
    environment = {
        "REMANU_LABEL_ORIGIN": config.label_origin,
        "REMANU_LOG_ORIGIN": config.log_origin,
        "REMANU_SECRET": config.secret,
    }
    return lambda *words: CliRunner().invoke(main, [*words, "--dir", str(config.dir)], env=environment)


def run(database, config, args):
    """The job, as the worker runs it."""
    new = database.transact(lambda tx: jobs.create(tx, storing.JOB, args))
    held = jobs.claim(database, new)
    return storing.recompute(Run(Place(config, database, Folder(config.evidence_dir)), held)), new


def words(database):
    """Word of each unit and place."""
    with database.reading() as connection:
        rows = connection.execute(sa.select(StoredVerdict.__table__)).all()
    return {(one.item_id, one.jurisdiction): one.word for one in rows}


def test_all_in_batches_and_on_from_where_it_was_cut_off(told, agreed, config, monkeypatch):
    """Every released unit in every place; a second attempt does what is left."""
    database = told.database
    items = sorted(released(database, no=n, label="REMANUFACTURED") for n in range(1, 4))
    monkeypatch.setattr(storing, "BATCH", 2)
    answer, new = run(database, config, {})
    assert answer == {"units": 3}
    assert len(words(database)) == 3 * len(queries.jurisdictions())
    assert words(database)[items[0], "XB"] == "RECOGNISED"
    with database.reading() as connection:
        row = connection.execute(sa.select(Job.__table__).where(Job.id == new)).one()
        assert (row.done, row.total) == (3, 3)
        assert queries.unit_at(connection, {}, 2) == (HOLDER, items[1])
        assert queries.count_units(connection, {"org": HOLDER, "item": items[0]}) == 1
    checked = told.ask(queries.check, database.clock.now())
    assert (checked.whole, checked.outdated, checked.false) == (15, 0, ())


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "change",
    [{"word": "RECOGNISED"}, {"as_of": "2026-01-01"}, {"inputs": "00" * 32}, {"agreement": "urn:uuid:other"}],
)
def test_a_false_verdict_is_found(told, config, change):
    """I50, I51: a planted fault in any column, or in the document itself."""
    item = released(told.database, label="REMANUFACTURED")
    actions.keep(told.database, [(HOLDER, item)])
    mine = (StoredVerdict.item_id == item, StoredVerdict.jurisdiction == "XB")
    told.database.transact(lambda tx: tx.execute(sa.update(StoredVerdict).where(*mine).values(**change)))
    checked = told.ask(queries.check, told.database.clock.now())
    assert checked.false == (f"{HOLDER}/{item}/XB",)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_what_a_former_text_of_the_rule_gave_is_outdated(told, config):
    """After an upgrade nothing that was kept is called false, and the next job computes it anew."""
    item = released(told.database)
    actions.keep(told.database, [(HOLDER, item)])
    mine = (StoredVerdict.item_id == item, StoredVerdict.jurisdiction == "XB")

    def plant(tx):
        row = tx.execute(sa.select(StoredVerdict.__table__).where(*mine)).one()
        said = json.loads(row.document)
        used, on = [Used(**one) for one in said["used"]], date.fromisoformat(row.as_of)
        former = inputs_of(used, jurisdiction="XB", as_of=on, text=FORMER[0])
        text = json.dumps({**said, "inputs": former}, ensure_ascii=False, separators=(",", ":"))
        tx.execute(sa.update(StoredVerdict).where(*mine).values(inputs=former, document=text))

    told.database.transact(plant)
    checked = told.ask(queries.check, told.database.clock.now())
    assert (checked.whole, checked.outdated, checked.false) == (4, 1, ())


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_document_and_columns_changed_together(told, config):
    """Whoever changes both is found, because the same rows give another verdict."""
    item = released(told.database)
    actions.keep(told.database, [(HOLDER, item)])
    mine = (StoredVerdict.item_id == item, StoredVerdict.jurisdiction == "XB")

    def plant(tx):
        row = tx.execute(sa.select(StoredVerdict.__table__).where(*mine)).one()
        said = json.loads(row.document) | {"word": "RECOGNISED"}
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        tx.execute(sa.update(StoredVerdict).where(*mine).values(word="RECOGNISED", document=text))

    told.database.transact(plant)
    assert len(told.ask(queries.check, told.database.clock.now()).false) == 1


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_change_of_an_agreement_asks_for_all_anew(told, agreed):
    """Once, however many acts: a job that waits will see them all; and kept verdicts are outdated, not false."""
    office, agreement = agreed
    item = released(told.database, label="REMANUFACTURED")
    actions.keep(told.database, [(HOLDER, item)])
    told.database.reactions = {"recognition.end_agreement": (actions.on_agreement,)}
    office.do(actions.end_agreement, agreement, ends=office.today, tail="no")
    with told.database.reading() as connection:
        waiting = connection.execute(
            sa.select(Job.args).where(Job.kind == actions.JOB, Job.args == "{}")
        ).all()
    assert len(waiting) == 1
    assert told.ask(queries.check, told.database.clock.now()).outdated >= 1
    with told.database.reading() as connection:
        keys = queries.units_after(connection, {}, ("", ""), limit=9)
    assert keys == [(HOLDER, item)]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_what_a_draft_would_change(told):
    """Counts by word before and after, and the units that change."""
    office = story.Office(told.database)
    item = released(told.database, label="REMANUFACTURED")
    draft = office.written(code="NEW", covers_from=office.today - timedelta(days=30))
    with told.database.reading() as connection:
        row = queries.find_agreement(connection, story.OFFICE, draft)
        found = queries.preview(connection, row, [(HOLDER, item)], now=told.database.clock.now(), most=9)
    assert (found.before, found.units, found.changed) == ({"UNKNOWN": 1}, 1, 0)
    signs = office.signs(accreditor=certified.ACCREDITOR)
    signed = office.do(actions.record_signatory, office.arranged(), signs=signs, source="https://a.example")
    office.do(actions.confirm_signatory, signed.subject.id, who=story.steward("second"))
    with told.database.reading() as connection:
        found = queries.preview(connection, row, [(HOLDER, item)], now=told.database.clock.now(), most=9)
    assert (found.after, found.changes[0].before, found.changes[0].after) == (
        {"RECOGNISED": 1},
        "UNKNOWN",
        "RECOGNISED",
    )


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_whole_store_is_looked_at_by_a_job(told, config):
    """Asked for once; its answer stands until the draft is another one."""
    office = story.Office(told.database)
    released(told.database)
    draft = office.written(code="NEW")
    first = office.do(actions.ask_preview, draft)
    assert office.do(actions.ask_preview, draft) == first
    held = jobs.claim(told.database, first)
    answer = actions.look_ahead(Run(Place(config, told.database, Folder(config.evidence_dir)), held))
    jobs.finish(told.database, held, answer)
    assert answer["before"] == {"UNKNOWN": 1}
    _, found = told.ask(queries.looked, office.row(draft))
    assert (found.units, found.changes) == (1, ())
    office.do(actions.strike_line, draft, no=1)
    assert told.ask(queries.looked, office.row(draft)) is None
    story.only_stewards_look(office, draft)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_command_says_so(command, told):
    """0 where all follow, 1 where one does not."""
    item = released(told.database)
    done = command("recognition", "compute")
    assert (done.exit_code, done.output.strip()) == (0, "5 verdicts computed.")
    done = command("recognition", "check", "--json")
    assert (done.exit_code, json.loads(done.output)["whole"]) == (0, 5)
    mine = (StoredVerdict.item_id == item, StoredVerdict.jurisdiction == "XC")
    told.database.transact(
        lambda tx: tx.execute(sa.update(StoredVerdict).where(*mine).values(word="DOMESTIC"))
    )
    done = command("recognition", "check")
    assert done.exit_code == 1
    assert "Does not follow" in done.output
