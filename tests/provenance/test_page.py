"""What a stranger sees first: the state of the part and of the label he scanned, in every state there is."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.parts.models import Item
from remanu.provenance.models import ScanDay
from remanu.provenance.queries.telling import Teller
from remanu.provenance.views import words


def _first(stranger, address):
    """The sign and the word of the band, and the code of the document."""
    page = stranger.get(address)
    head = page.text.split("<main")[0]
    document = stranger.get(f"{address}?format=json")
    assert document.status_code == page.status_code
    state = document.json["state"]
    assert f'class="band is-{state["sign"]}"' in head
    assert state["word"] in head
    return state["code"], state["sign"]


def test_from_announcement_to_release(told, stranger):
    """In process is blue, released is green and says by whom, and when the record was verified."""
    address = f"/{told.code}"
    assert _first(stranger, address) == ("in-process", "process")
    assert "of the work will stand here" in stranger.get(address).text
    told.labelled()
    assert _first(stranger, address) == ("released", "verified")
    page = stranger.get(address).text
    assert "Remanufactured by Nordwerk Remanufacturing, released Mar 1, 2026." in page
    assert "Record verified at 08:00 (UTC+08:00)." in page
    assert "genuine" not in page.lower()


def test_a_revoked_release_is_red_at_once(told, stranger):
    """The page that was green a moment ago is red, with the certificate's state since then."""
    told.labelled()
    told.sign()
    address = f"/{told.code}/{told.label}"
    assert _first(stranger, address) == ("released", "verified")
    told.papers.revoke()
    assert _first(stranger, address) == ("revoked", "invalid")
    assert "Do not install or use this part" in stranger.get(address).text
    assert stranger.get(f"/{told.code}?format=json").json["certificates"][0]["state"] == "REVOKED"


def test_a_corrected_certificate(told, stranger):
    """The newer number speaks, the former one stays readable."""
    told.released()
    told.papers.supersede()
    assert _first(stranger, f"/{told.code}") == ("released", "verified")
    papers = stranger.get(f"/{told.code}?format=json").json["certificates"]
    assert [(one["number"], one["state"]) for one in papers] == [
        ("NW-2026-00002", "ISSUED"),
        ("NW-2026-00001", "SUPERSEDED"),
    ]
    assert "NW-2026-00001" in stranger.get(f"/{told.code}").text


def test_labels_in_every_state(told, stranger):
    """Not read back, replaced, lost, destroyed, and never issued: each says so, and the part is still shown."""
    told.released()
    first = told.papers.reserve()
    address = f"/{told.code}/{first}"
    assert _first(stranger, address) == ("label-inactive", "attention")
    told.papers.print(first)
    assert _first(stranger, address) == ("label-inactive", "attention")
    told.papers.hang(first)
    assert _first(stranger, address) == ("released", "verified")
    second = told.papers.change(first)
    assert _first(stranger, address) == ("label-superseded", "attention")
    assert second in stranger.get(address).text
    told.papers.print(second)
    told.papers.hang(second)
    told.papers.lose(second)
    assert _first(stranger, f"/{told.code}/{second}") == ("label-lost", "attention")
    told.papers.withdraw(second, "revoked")
    assert _first(stranger, f"/{told.code}/{second}") == ("label-revoked", "invalid")
    assert stranger.get(f"/{told.code}/ABCDEF").status_code == 404
    assert _first(stranger, f"/{told.code}/ABCDEF") == ("label-not-issued", "invalid")
    strange = stranger.get(f"/{told.code}/ABCDEF").text
    assert "Remanufactured by" in strange
    assert "NW20471193" in strange
    assert _first(stranger, f"/{told.code}") == ("released", "verified")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_piece_of_a_unit(told, stranger):
    """What was fitted in a unit has no release of its own and is not in process either; what was taken out is done."""
    told.engine.receive()
    told.engine.take_apart(3)
    codes = {}
    with told.database.reading() as connection:
        for name, piece in told.engine.pieces.items():
            codes[name] = connection.execute(sa.select(Item.code).where(Item.id == piece.id)).scalar_one()
    address = f"/{codes['camshaft']}"
    assert _first(stranger, address) == ("in-process", "process")
    told.engine.inspect()
    told.engine.restore()
    told.engine.replace("crankshaft")
    told.engine.try_out()
    assert _first(stranger, address) == ("fitted", "unknown")
    assert _first(stranger, f"/{codes['crankshaft']}") == ("scrapped", "invalid")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_what_is_weighed_and_measured_is_the_unit_in_hand(told, stranger):
    """The mass is that of the finished unit, and a reading of a piece that was replaced says so."""
    came_in = stranger.get(f"/{told.code}?format=json").json["item"]["mass_kg"]
    told.labelled()
    document = stranger.get(f"/{told.code}?format=json").json
    assert document["item"]["mass_kg"] == "604"
    assert "604 kg" in [one["value"] for one in document["compare"]]
    assert came_in != "604"
    stages = [stage for life in document["lives"] for stage in life["stages"]]
    out = {one["position"] for stage in stages for one in stage["replaced"] if one["former"]}
    flagged = {one["position"]: one["replaced"] for stage in stages for one in stage["readings"]}
    assert out & flagged.keys()
    assert {position for position, replaced in flagged.items() if replaced} == out & flagged.keys()
    assert "this part was replaced" in stranger.get(f"/{told.code}").text


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_order_of_the_page(told, stranger):
    """State, what it is, comparison, recognition, lives, certificate, footprint, checking, what is not said."""
    told.labelled()
    page = stranger.get(f"/{told.code}").text
    marks = [
        "band-word",
        "what-name",
        'id="compare"',
        'id="recognition"',
        'id="lives"',
        'id="certificate"',
        'id="footprint"',
        'id="check"',
        'id="unsaid"',
    ]
    places = [page.index(mark) for mark in marks]
    assert places == sorted(places)
    assert "/recognised" in page
    assert "nothing is compared" in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("heard", "mass", "weighed", "said"),
    [
        ((("intake.receive", {"mass_kg": "612"}),), "612", "intake", "Mass as it came in, not weighed since"),
        (
            (("intake.receive", {"mass_kg": "612"}), ("restoration.reassemble", {"unit_mass_kg": "604.5"})),
            "604.5",
            "reassembly",
            "Mass, weighed when it was reassembled",
        ),
        (
            (("restoration.reassemble", {"unit_mass_kg": "604.5"}), ("intake.receive", {"mass_kg": "611"})),
            "611",
            "intake",
            "Mass as it came in, not weighed since",
        ),
        ((("parts.register", {"mass_kg": "14"}), ("restoration.scrap", {"mass_kg": "9"})), "14", "entry", "Mass"),
        ((("restoration.reassemble", {}),), "", "", "Mass"),
    ],
)
def test_which_mass_is_compared_is_said(heard, mass, weighed, said):
    """A finished unit does not weigh what its core weighed: whoever compares reads when it was weighed."""
    telling = Teller("unit")
    for kind, body in heard:
        telling.weigh(kind, body)
    assert (telling.mass_kg, telling.weighed) == (mass, weighed)
    assert words.MASSES.get(weighed, words.MASS) == said


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_document_says_what_the_page_says(told, stranger):
    """Each fact of the document stands on the page, measurements and limits included."""
    told.labelled()
    told.sign()
    page = stranger.get(f"/{told.code}").text
    document = stranger.get(f"/{told.code}?format=json").json
    item, record = document["item"], document["record"]
    facts = [
        item["maker"],
        item["part_number"],
        item["serial"],
        item["marks"][0]["text"],
        f"{item['mass_kg']} kg",
    ]
    facts += [one["value"] for one in document["compare"]]
    assert item["weighed"] in {"intake", "reassembly"}
    assert str(words.MASSES[item["weighed"]]) in page
    facts += [one["value"] for one in document["footprint"]["amounts"]]
    facts += [document["certificates"][0][name] for name in ("number", "standard", "authorisation")]
    stages = [stage for life in document["lives"] for stage in life["stages"]]
    for stage in stages:
        facts += [one[name] for one in stage["readings"] for name in ("found", "released", "lower", "upper")]
        facts += [one["value"] for one in stage["tests"]]
        facts += [one["piece"]["serial"] for one in stage["replaced"]]
        facts += [f"/{told.code}/proof/{one['event']}" for one in stage["entries"]]
    assert [fact for fact in facts if fact not in page] == []
    assert (
        f"{record['logged']} of {record['events']} under the checkpoint of {record['checkpoint_size']}"
        in page
    )
    # A component's entry is told as "Component recorded"; everything else is an entry of its own.
    components = {piece["serial"] for piece in document["components"]}
    assert sum(len(stage["entries"]) for stage in stages) == record["events"] - len(components)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_three_languages(told, stranger):
    """The page speaks the reader's language, and keeps the three apart."""
    told.released()
    names = {
        "en": ("Nordwerk Remanufacturing", "Crankshaft"),
        "zh-Hans": ("北厂再制造", "曲轴"),
        "zh-Hant": ("北廠再製造", "曲軸"),
    }
    for locale, (name, component) in names.items():
        page = stranger.get(f"/{told.code}?lang={locale}")
        assert f'<html lang="{locale}">' in page.text
        assert name in page.text
        assert component in page.text
        assert page.headers["Content-Language"] == locale


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_nothing_of_one_request_is_kept_for_another(told, stranger):
    """An address with words of somebody else's in it draws the same page for everybody."""
    told.released()
    plain = stranger.get(f"/{told.code}").text
    stranger.get(f"/{told.code}?lang=en&note=CANARY", headers={"Host": "evil.example"})
    odd = stranger.get(f"/{told.code}?note=CANARY", headers={"Host": "evil.example"}).text
    assert odd == plain


def test_the_address_on_a_paper(told, stranger, clock):
    """The part's page, with a word that a paper is not the part; it counts as no reading of a label."""
    told.labelled()
    page = stranger.get(f"/{told.code}/PAPER")
    assert page.status_code == 200
    assert "You read a paper, not the part" in page.text
    assert "You read a paper" not in stranger.get(f"/{told.code}").text
    assert stranger.get(f"/{told.code}/paper/?format=json").json["label"] is None
    clock.advance(seconds=61)
    stranger.get(f"/{told.code}").close()
    with told.database.reading() as connection:
        rows = connection.execute(sa.select(ScanDay.label)).scalars().all()
    assert rows == [""]
