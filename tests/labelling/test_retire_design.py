"""A drawing that is retired draws nothing further; what was printed by it stays as it is."""

from __future__ import annotations

import pytest

from tests.labelling.drawn import approved, drafted


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_built_in_drawing_is_back(bench, officer, sign_in):
    """And a label that was printed before keeps the drawing that it had."""
    design = approved(sign_in("quality"), officer)
    kept = bench.printed()
    before = officer.get(f"/labels/{kept}.png").data
    assert officer.post(f"/label-designs/{design}/retire_design", data={"key": "r"}).status_code == 303
    assert officer.get(f"/labels/{kept}.png").data == before
    fresh = bench.printed(placement="packing")
    assert bench.label(fresh).template == "label-70x40"
    assert officer.post(f"/label-designs/{design}/retire_design", data={"key": "again"}).status_code == 409


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_draft_is_withdrawn(officer, sign_in):
    """A draft can be given up, and then nobody approves it; who may not is refused."""
    design = drafted(officer)
    assert sign_in("technician").post(f"/label-designs/{design}/retire_design", data={"key": "t"}).status_code == 403
    assert officer.post(f"/label-designs/{design}/retire_design", data={"key": "r"}).status_code == 303
    assert sign_in("quality").post(f"/label-designs/{design}/approve_design", data={"key": "a"}).status_code == 409
    assert officer.get("/label-designs/nowhere").status_code == 404
