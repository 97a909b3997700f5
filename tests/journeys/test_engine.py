"""One diesel engine from the gate to a buyer's phone, through pages and JSON alone, on both engines."""

from __future__ import annotations

import json
import re

from tests.journeys import engine
from tests.journeys.conftest import PASSWORD
from tests.journeys.forms import words
from tests.journeys.pictures import read


def test_one_engine_from_the_gate_to_a_buyers_phone(visitor, config):
    """Each person does his part; nobody certifies his own work; anyone can read and check the result."""
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
    _release(visitor, item)
    payload = _label(visitor, item)
    path = payload.removeprefix("https://ID.EXAMPLE.TEST").removeprefix(config.label_origin)
    _buyer_sees(visitor, path, "Released")
    _deliver_and_revoke(visitor, item)
    _buyer_sees(visitor, path, "revoked")


def _rework(visitor, item):
    planner = visitor("planner")
    assert engine.state_of(planner, item) == "REWORK"
    planner.fill(engine.case_path(planner, item, "resume_to_assembly"), cause="assembly")
    mrb = visitor("mrb")
    page = mrb.see(engine.case_path(mrb, item, "dispositions"))
    mrb.fill(re.search(r"/nonconformities/[\w-]+/close_nonconformity", page)[0], outcome="reworked")


def _submit(visitor, item):
    quality = visitor("quality")
    page = quality.see(engine.case_path(quality, item, "submit"))
    assert "365" in page
    quality.fill(engine.case_path(quality, item, "submit"), hazards="none-above", regime="GB/T 26572-2011")
    assert engine.state_of(quality, item) == "SUBMITTED"


def _release(visitor, item):
    certifier = visitor("certifying_staff")
    path = engine.case_path(certifier, item, "release")
    certifier.see(path.replace("/release", "/dossier"))
    certifier.fill(path, factor=PASSWORD)
    assert engine.state_of(certifier, item) == "RELEASED"


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
