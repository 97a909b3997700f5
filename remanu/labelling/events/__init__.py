"""What can happen to labels and around them; here all bodies and kinds stand under one name."""

from remanu.labelling.events.designs import KINDS as DESIGNS
from remanu.labelling.events.labels import (
    APPLY,
    DELIVER,
    DESTROY,
    LIVE,
    PRINT,
    READ_BACK,
    REPORT_LOST,
    RESERVE,
    REVOKE,
    SUPERSEDE,
    Applied,
    Delivered,
    Lost,
    Move,
    Printed,
    ReadBack,
    Reserved,
    Superseded,
    Withdrawn,
)
from remanu.labelling.events.labels import KINDS as LABELS
from remanu.labelling.events.printers import KINDS as PRINTERS

__all__ = [
    "APPLY",
    "DELIVER",
    "DESTROY",
    "KINDS",
    "LIVE",
    "PRINT",
    "READ_BACK",
    "REPORT_LOST",
    "RESERVE",
    "REVOKE",
    "SUPERSEDE",
    "Applied",
    "Delivered",
    "Lost",
    "Move",
    "Printed",
    "ReadBack",
    "Reserved",
    "Superseded",
    "Withdrawn",
]

KINDS = (*LABELS, *PRINTERS, *DESIGNS)
