"""One diesel engine from the gate to a buyer's phone, through pages and JSON alone, on both engines."""

from __future__ import annotations

import json
import re

from click.testing import CliRunner

from remanu import app as application
from remanu.cli import main
from remanu.ledger import verify
from remanu.storage import Folder
from tests.journeys import engine
from tests.journeys.conftest import PASSWORD
from tests.journeys.forms import words
from tests.journeys.pictures import read


def test_one_engine_from_the_gate_to_a_buyers_phone(visitor, config, database, environment):
    """Each person does his part; nobody certifies his own work; anyone can read and check the result."""
    _make_the_technician_a_certifier(visitor)
    item = engine.arrive(visitor)
    engine.take_apart(visitor, item)
    components = engine.components_of(visitor("technician"), item)
    engine.measure_all(visitor, components)
    engine.decide(visitor, item, components)
    engine.restore(visitor, item, components)
    engine.build(visitor, item)
    engine.run(visitor, item, good=False)
    _rework(visitor, item)
    engine.run(visitor, item, good=True)
    _submit(visitor, item)
    _own_work_is_refused(visitor, item, config, environment)
    _release(visitor, item)
    payload = _label(visitor, item)
    path = payload.removeprefix("https://ID.EXAMPLE.TEST").removeprefix(config.label_origin)
    _buyer_sees(visitor, path, "Released")
    _deliver_and_revoke(visitor, item)
    _buyer_sees(visitor, path, "revoked")
    found = verify.verify(database, Folder(config.evidence_dir), application.known_kinds())
    assert found.problems == ()


def _make_the_technician_a_certifier(visitor):
    """The same person holds both roles, and an authorisation to sign."""
    admin = visitor("admin")
    members = admin.client.get("/api/v1/admin/people").json
    ref = next(one["ref"] for one in members if one["login"] == "technician")
    admin.fill(
        f"/admin/people/{ref}/assign_roles",
        factor=PASSWORD,
        **{"roles.0": "technician", "roles.1": "certifying_staff"},
    )
    admin.fill(
        f"/admin/people/{ref}/authorise",
        number="R-77",
        family="*",
        activity="release",
        site="main works",
        valid_from="2026-01-01",
        valid_to="2027-01-01",
    )


def _rework(visitor, item):
    planner = visitor("planner")
    assert engine.state_of(planner, item) == "REWORK"
    planner.fill(engine.case_path(planner, item, "resume_to_assembly"), cause="assembly")
    mrb = visitor("mrb")
    page = mrb.see(engine.case_path(mrb, item, "dispositions"))
    raised = re.search(r"/nonconformities/[\w-]+", page)[0]
    mrb.fill(f"{raised}/review_nonconformity")
    mrb.fill(f"{raised}/decide_nonconformity", decision="rework")
    visitor("inspector").fill(f"{raised}/verify_nonconformity", seen="on")


def _submit(visitor, item):
    quality = visitor("quality")
    page = quality.see(engine.case_path(quality, item, "submit"))
    assert "365" in page
    quality.fill(engine.case_path(quality, item, "submit"), hazards="none-above", regime="GB/T 26572-2011")
    assert engine.state_of(quality, item) == "SUBMITTED"


def _own_work_is_refused(visitor, item, config, environment):
    """By page, by API and by command, and each time the record says so."""
    both = visitor("technician")
    path = engine.case_path(both, item, "release")
    digest = re.search(r'name="digest" value="(\w+)"', both.see(path))[1]
    page = both.fill(path, status=403, factor=PASSWORD)
    assert "You worked on this part yourself" in page
    answer = both.client.post(
        f"/api/v1{path}",
        json={"digest": digest, "factor": PASSWORD},
        headers={"Idempotency-Key": "own-work"},
    )
    assert (answer.status_code, answer.json["code"]) == (403, "own-work")
    code = both.client.get(f"/api/v1/parts/{item}").json["code"]
    command = ["release", code, "--login", "technician", "--yes", "--dir", str(config.dir)]
    done = CliRunner().invoke(main, command, input=f"{PASSWORD}\n", env=environment)
    assert done.exit_code == 2
    assert "own-work" in done.output
    assert engine.state_of(both, item) == "SUBMITTED"
    page = re.sub(r"<[^>]+>", " ", visitor("supervisor").see("/supervision"))
    assert page.count("You did work on this part yourself") == 3, words(page)


def _release(visitor, item):
    certifier = visitor("certifying_staff")
    path = engine.case_path(certifier, item, "release")
    certifier.see(path.replace("/release", "/dossier"))
    certifier.fill(path, factor=PASSWORD)
    assert engine.state_of(certifier, item) == "RELEASED"
    paper = re.search(r"/certificates/[\w-]+", certifier.see(f"/parts/{item}"))[0]
    assert f'href="{paper}.pdf' in certifier.see(paper)
    assert certifier.client.get(f"{paper}.pdf").data.startswith(b"%PDF-")


def _label(visitor, item) -> str:
    officer = visitor("label_officer")
    officer.fill(f"/parts/{item}/reserve", placement="part", media="a4-l7160", locale="en")
    label = officer.client.get(f"/api/v1/parts/{item}/labels").json[0]["id"]
    officer.fill(f"/labels/{label}/print", printer="Printer 1")
    officer.fill(f"/labels/{label}/apply")
    drawn = officer.client.get(f"/labels/{label}.png").data
    payload = read(drawn)
    assert engine.state_of(officer, item) == "RELEASED"
    officer.fill(f"/labels/{label}/read_back", code=payload)
    assert engine.state_of(officer, item) == "LABELLED"
    return payload


def _buyer_sees(visitor, path, word):
    buyer = visitor()
    page = words(buyer.see(path))
    assert word in page
    assert "6L-77001" in page
    assert "Harbour Renewal Works" in page
    told = json.loads(buyer.client.get(path, headers={"Accept": "application/json"}).data)
    assert "owner" not in json.dumps(told).lower()
    assert "driver" not in json.dumps(told)
    return told


def _deliver_and_revoke(visitor, item):
    logistics = visitor("logistics")
    logistics.fill(
        engine.case_path(logistics, item, "deliver"),
        customer="The owner, in XB",
        delivery_note="DN-1",
        import_checked="on",
    )
    other = visitor("certifying_staff_2")
    other.fill(
        engine.case_path(other, item, "revoke_release"),
        reason="measurement-wrong",
        holders_notified="on",
        factor=PASSWORD,
    )
