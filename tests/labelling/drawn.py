"""What is typed where a label is drawn up, and a drawing that waits for approval."""

from __future__ import annotations

LOOKS = {"kind": "label", "media": "roll-70x40", "side": "right", "share": "even"}
ROWS = ("certificate", "organisation", "part_number", "serial", "life", "date", "standard")
WISH = {**LOOKS, **{f"rows.{no}": one for no, one in enumerate(ROWS)}}


def drafted(client, name="House label", **changes) -> str:
    """Its id, drawn up by this browser's person."""
    answer = client.post("/label-designs/draft_design", data={"key": name, "name": name, **WISH, **changes})
    assert answer.status_code == 303, answer.text
    return answer.location.rpartition("/")[2]


def approved(quality, officer, **changes) -> str:
    """Its id, drawn up by the label officer and approved by quality."""
    design = drafted(officer, **changes)
    answer = quality.post(f"/label-designs/{design}/approve_design", data={"key": design})
    assert answer.status_code == 303, answer.text
    return design
