"""Acts of labels; here all of them stand under one name."""

from remanu.labelling.actions.labels import (
    KINDS,
    LOCALES,
    PLACEMENTS,
    WHY,
    apply,
    deliver,
    destroy,
    print,  # noqa: A004 -- the act is called so, and nothing here writes to a console
    read_back,
    report_lost,
    reserve,
    revoke,
    supersede,
)

__all__ = [
    "KINDS",
    "LOCALES",
    "PLACEMENTS",
    "WHY",
    "apply",
    "deliver",
    "destroy",
    "print",
    "read_back",
    "report_lost",
    "reserve",
    "revoke",
    "supersede",
]
