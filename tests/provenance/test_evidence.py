"""What anybody takes away checks out without us: chains, proofs, checkpoint, certificate."""

from __future__ import annotations

import base64
import hashlib
import io
import json

import pytest
from PIL import Image

from remanu.intake import events as intake
from remanu.ledger import notes
from remanu.parts.events import Cited
from remanu.rules import merkle


def test_chains_can_be_computed_again(told, stranger):
    """Each event's bytes give its commitment, and each names the one before it."""
    told.labelled()
    chains = stranger.get(f"/{told.code}/events").json["chains"]
    assert len(chains) == 5
    for chain in chains:
        before = None
        for seq, one in enumerate(chain):
            raw = base64.b64decode(one["canonical"])
            assert hashlib.sha256(raw).hexdigest() == one["commitment"]
            said = json.loads(raw)
            assert (said["seq"], said["prev"], one["previous"]) == (seq, before, before)
            before = one["commitment"]
    assert json.loads(base64.b64decode(chains[0][0]["canonical"]))["body"]["code"] == told.code


def test_a_proof_leads_to_the_signed_root(told, stranger):
    """With the key alone, a stranger checks that an event stands under the checkpoint."""
    told.released()
    waiting = stranger.get(f"/{told.code}?format=json").json["lives"][0]["stages"][0]["entries"][0]["event"]
    assert stranger.get(f"/{told.code}/proof/{waiting}").json == {"event": waiting, "logged": False}
    assert stranger.get("/log/checkpoint").status_code == 404
    told.sign()
    shown = stranger.get(f"/{told.code}/proof/{waiting}").json
    name, key = notes.parse_verifier_key(stranger.get("/log/key").text.strip())
    head = notes.verify(shown["checkpoint"], {name: key})
    leaf = merkle.leaf_hash(bytes.fromhex(shown["entry"]))
    proof = [bytes.fromhex(one) for one in shown["proof"]]
    assert merkle.verify_inclusion(shown["index"], head.size, leaf=leaf, proof=proof, expected=head.root)
    assert stranger.get("/log/checkpoint").text == shown["checkpoint"]
    assert stranger.get(f"/{told.code}/proof/elsewhere").status_code == 404


def test_the_certificate_as_it_was_signed(told, stranger):
    """The bytes have the digest that the page shows; an older number can be asked for; a strange one is not found."""
    assert stranger.get(f"/{told.code}/certificate.json").status_code == 404
    told.released()
    told.papers.supersede()
    paper = stranger.get(f"/{told.code}/certificate.json")
    shown = stranger.get(f"/{told.code}?format=json").json["certificates"]
    assert hashlib.sha256(paper.data).hexdigest() == shown[0]["digest"]
    older = stranger.get(f"/{told.code}/certificate.json?number=NW-2026-00001")
    assert hashlib.sha256(older.data).hexdigest() == shown[1]["digest"]
    assert stranger.get(f"/{told.code}/certificate.json?number=x").status_code == 404


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_plate_alone_is_shown(told, stranger, storage):
    """Of all pictures only the one that says it shows the plate is drawn, without where and when it was taken."""
    base = f"/{told.code}"
    assert stranger.get(f"{base}/photo.webp").status_code == 404
    pictures = {}
    for name, colour in (("workshop with people.jpg", "red"), ("data-plate.jpg", "blue")):
        made = io.BytesIO()
        exif = Image.Exif()
        exif[0x010E] = "CANARY"
        Image.new("RGB", (1200, 900), colour).save(made, "JPEG", exif=exif)
        digest = storage.put(made.getvalue())
        pictures[name] = Cited(digest=digest, media_type="image/jpeg", size=len(made.getvalue()), shows=name)
    told.engine.receive()
    told.engine.state = "RECEIVED"
    with told.database.write_engine.begin() as connection:
        connection.exec_driver_sql("UPDATE reman_case SET state = 'RECEIVED'")
    identified = intake.Identified(
        step=told.engine.step("IDENTIFIED"),
        maker="Nordwerk",
        part_number="NW-6L-200",
        serial="NW20471193",
        earlier_lives="unknown",
        right_shown="own",
        evidence=tuple(reversed(pictures.values())),
    )
    told.engine.put(intake.IDENTIFY, identified)
    shown = stranger.get(f"{base}/photo.webp")
    assert (shown.status_code, shown.content_type) == (200, "image/webp")
    assert b"CANARY" not in shown.data
    with Image.open(io.BytesIO(shown.data)) as image:
        assert image.size == (800, 600)
        assert image.getpixel((5, 5))[2] > 200
    assert f"{base}/photo.webp" in stranger.get(base).text
