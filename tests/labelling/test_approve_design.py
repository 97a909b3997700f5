"""A drawing is approved by somebody else, and from then on labels on its stock are drawn so."""

from __future__ import annotations

import pytest

from remanu.drawing.template import read_template
from tests.drawing import readback
from tests.labelling.drawn import WISH, approved, drafted


def test_labels_are_drawn_so_and_stay_so(bench, officer, sign_in):
    """What is printed by a drawing keeps it, whatever takes its place; the symbol stands on the right."""
    before = bench.printed(placement="packing")
    plain = officer.get(f"/labels/{before}.png").data
    quality = sign_in("quality")
    design = approved(quality, officer)
    label = bench.printed()
    assert bench.label(label).template == f"design:{design}"
    drawn = officer.get(f"/labels/{label}.png").data
    assert readback.symbols(readback.png(drawn)) == [bench.label(label).payload]
    assert _left(drawn) > readback.png(drawn).width / 2 > _left(plain)
    assert officer.get(f"/labels/{before}.png").data == plain
    later = approved(quality, officer, key="later", side="left")
    states = {one["id"]: one["state"] for one in officer.get("/api/v1/label-designs").json}
    assert states == {design: "superseded", later: "approved"}
    assert officer.get(f"/labels/{label}.png").data == drawn


def _left(drawn: bytes) -> float:
    """Where the symbol's dark begins, by the darkest column of modules: a decoder's own corner."""
    import zxingcpp  # noqa: PLC0415 -- needed here alone

    (found,) = zxingcpp.read_barcodes(readback.png(drawn), formats=zxingcpp.BarcodeFormat.QRCode)
    return found.position.top_left.x


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_nobody_approves_his_own(officer, sign_in, place):
    """Neither at once, nor under a second account of the same person, nor what somebody else may not see."""
    design = drafted(officer)
    assert officer.post(f"/label-designs/{design}/approve_design", data={"key": "k"}).status_code == 403
    quality = sign_in("quality")
    assert "approve_design" in quality.get(f"/label-designs/{design}").text
    page = quality.get(f"/label-designs/{design}/approve_design").text
    assert page.count(f"/label-designs/{design}.png") == 3
    assert quality.post(f"/label-designs/{design}/approve_design", data={"key": "k"}).status_code == 303
    again = quality.post(f"/label-designs/{design}/approve_design", data={"key": "again"})
    assert again.status_code == 409
    assert sign_in("inspector").post(f"/label-designs/{design}/approve_design", data={"key": "i"}).status_code == 403


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_only_its_kind_and_stock(bench, officer, sign_in):
    """Another stock, and a tag on the same one, are drawn as before."""
    approved(sign_in("quality"), officer)
    other = bench.printed(media="roll-50x30")
    assert bench.label(other).template == "label-50x30"
    page = officer.get("/label-designs").text
    assert "Labels are drawn so" in page
    assert read_template("label-70x40").codes[0].box.x < WISH_RIGHT


WISH_RIGHT = 35.0
assert WISH["side"] == "right"
