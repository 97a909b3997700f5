"""The shape of what is typed when a part's record is linked to the one that it goes on from."""

from __future__ import annotations

from remanu.web import shape
from remanu.web.words import N_


class LinkRecord(shape.Form):
    """The address of the other record; a digest where that record is kept elsewhere."""

    address = shape.Line(
        required=True,
        limit=300,
        metadata={
            "label": N_("Address of its record there"),
            "help": N_("Scan the label that the other organisation put on it."),
            "widget": "scan",
        },
    )
    digest = shape.Line(
        load_default=None,
        limit=64,
        metadata={
            "label": N_("Digest"),
            "help": N_("Only for a record that is kept on another installation: 64 signs, as its page shows them."),
        },
    )
