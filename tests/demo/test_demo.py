"""A demonstration as scripts make it: whole, complete, and never mistaken for another."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from remanu import app as application
from remanu.cli import main
from remanu.config import read
from remanu.demo import story
from remanu.families.loader import load_all
from remanu.ledger.verify import verify
from remanu.storage import Folder

PORT = 8098
_ENVIRONMENT = {"REMANU_PASSWORD_COST": "cheap", "REMANU_DATABASE_URL": ""}


def run(folder, port=PORT):
    """The command with `--seed-only`."""
    words = ["demo", "--seed-only", "--dir", str(folder), "--port", str(port)]
    return CliRunner().invoke(main, words, env=_ENVIRONMENT)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A demonstration, made once, with what the command printed."""
    folder = tmp_path_factory.mktemp("demonstration") / "demo"
    done = run(folder)
    assert done.exit_code == 0, done.output
    return folder, json.loads(done.stdout)


@pytest.fixture(scope="module")
def installation(made):
    """Its settings and store, found by the folder alone."""
    config = read({"REMANU_PASSWORD_COST": "cheap"}, folder=made[0])
    database = application.open_database(config)
    yield config, database
    database.close()


@pytest.fixture(scope="module")
def pages(installation):
    """Its pages, for everybody who comes."""
    return application.create_app(*installation)


def test_its_record_is_whole_and_equals_its_rebuild(installation):
    """Everything went through the record's one door; the check compares each view with a replay of all events."""
    config, database = installation
    report = verify(database, Folder(config.evidence_dir), application.known_kinds(), origin=config.log_origin)
    assert report.problems == ()
    assert report.counted["view rows"] > 0


def test_every_family_has_a_released_part_that_anybody_can_see(made, pages):
    """Seven codes, seven green pages; the simulated one says that it is."""
    told = made[1]
    assert set(told["released"]) == set(load_all())
    stranger = pages.test_client()
    for family, one in told["released"].items():
        page = stranger.get(one["url"].removeprefix(told["address"]))
        assert page.status_code == 200, family
        assert "is-verified" in page.text, family


def test_every_certificate_can_be_drawn(made, pages):
    """Whatever stands in its blocks, numbers of authorisations too: what was signed is no use that nobody can print."""
    stranger = pages.test_client()
    for family, one in made[1]["released"].items():
        paper = stranger.get(f"/{one['code']}/certificate.pdf")
        assert (paper.status_code, paper.data[:5]) == (200, b"%PDF-"), family


def test_lives_and_duties_come_out_as_published(made, pages):
    """A fan disk of 5,000 cycles at C and 4,000 at B; a turbine due every 21,844 h or 710 starts, marked [M]."""
    told = made[1]
    client = pages.test_client()
    page = client.get(told["released"]["aero-engine"]["url"].removeprefix(told["address"])).text
    assert "11871 cycles" in page
    assert "14705 cycles" in page
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    client.post("/sign-in", data={"login": "technician", "password": told["password"]})
    page = client.get(f"/parts/{told['released']['gas-turbine']['item']}/counters").text
    assert all(figure in page for figure in ("21844 h", "710 starts", "[M]"))


def test_work_on_site_covers_what_was_worked_on(made, pages):
    """I31: the certificate names the worked places and the undisturbed ones, and its class is not as new."""
    told = made[1]
    stranger = pages.test_client()
    address = told["released"]["electromechanical"]["url"].removeprefix(told["address"])
    held = stranger.get(address, headers={"Accept": "application/json"}).json["certificates"][0]
    assert held["worked"] == ["stator-winding", "bearing-set"]
    assert held["not_disturbed"] == ["stator-frame", "rotor", "cooler", "seal-set"]
    assert held["claim_class"] == "REPAIRED"
    page = stranger.get(address).text
    assert "Work on site, limited to" in page
    assert "Accepted on site" in page


def test_it_is_seeded_from_what_was_published(made):
    """The whole engine list and the whole fleet."""
    assert made[1]["made"]["reference_models"] == 4636
    assert made[1]["made"]["simulated_cores"] == 100


def test_each_state_leads_somewhere(made, pages):
    """A unit in each state, and somebody who can sign in for each role."""
    told = made[1]
    client = pages.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    client.post("/sign-in", data={"login": "quality", "password": told["password"]})
    for name, one in told["states"].items():
        assert client.get(f"/parts/{one['item']}").status_code == 200, name


def test_a_second_run_is_the_same_demonstration(made):
    """Nothing is seeded twice."""
    assert json.loads(run(made[0]).stdout) == made[1]


def test_another_port_wants_another_folder(made):
    """Printed addresses name the port."""
    done = run(made[0], port=PORT + 1)
    assert (done.exit_code, "another" in done.stderr) == (2, True)


def test_a_folder_with_something_else_is_left_alone(tmp_path):
    """What is no demonstration is not written into."""
    (tmp_path / "letter.txt").write_text("dear")
    done = run(tmp_path)
    assert done.exit_code == 2
    assert [one.name for one in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("family", load_all())
def test_a_story_names_only_what_its_pack_knows(family):
    """Readings, operations and points that nobody asks for would never be told."""
    assert unknown(story.load(family)) == set()


def test_control_a_story_of_something_else():
    """A reading, an operation and a point of another family are named."""
    engine, copier = story.load("diesel-engine"), story.load("copier")
    mixed = replace(engine, final={"planted": ("1",)}, operations=copier.operations, test_points={"nowhere": "1"})
    assert {"planted", "nowhere"} < unknown(mixed)
    assert {work.code for work in copier.operations.values()} <= unknown(mixed)


def unknown(one):
    """What a story says of its family and the family's pack does not."""
    asked = {each.code for each in one.family.characteristics}
    points = {point.code for test in one.family.tests for point in test.points}
    works = {each.code for each in one.family.operations}
    told = one.as_found.keys() | one.final.keys()
    done = {work.code for work in one.operations.values()}
    return (told - asked) | (one.test_points.keys() - points) | (done - works)
