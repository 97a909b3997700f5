"""Reading recognition: here all questions stand under one name."""

from __future__ import annotations

from remanu.recognition.queries.agreements import (
    PAGE,
    Row,
    agreements,
    drafts,
    find_agreement,
    in_place_of,
    lines_of,
    newest,
    next_revision,
    read_agreement,
    text_of,
    writers,
)
from remanu.recognition.queries.arrangements import (
    accreditors,
    arrangement_called,
    arrangements,
    find_arrangement,
    find_signatory,
    organisation_name,
    read_arrangement,
    signatories,
    to_confirm,
)
from remanu.recognition.queries.asif import (
    LOOK,
    NOTHING,
    Change,
    Preview,
    look_of,
    looked,
    preview,
    released_today,
    together,
)
from remanu.recognition.queries.facts import Facts
from remanu.recognition.queries.findings import OWN_RECORD
from remanu.recognition.queries.jurisdictions import Known, guessed, jurisdictions, laws
from remanu.recognition.queries.kept import Kept, Telling
from remanu.recognition.queries.kept import column as kept_column
from remanu.recognition.queries.kept import read as read_kept
from remanu.recognition.queries.naming import RELEASE, SHOWN, Named
from remanu.recognition.queries.register import agreement, register, signatory
from remanu.recognition.queries.stock import LOOKED_AT, Checked, check, count_units, unit_at, units_after
from remanu.recognition.queries.units import Held
from remanu.recognition.queries.verdicts import Answer, agreement_of, ask, document, everywhere, stored

__all__ = [
    "LOOK",
    "LOOKED_AT",
    "NOTHING",
    "OWN_RECORD",
    "PAGE",
    "RELEASE",
    "SHOWN",
    "Answer",
    "Change",
    "Checked",
    "Facts",
    "Held",
    "Kept",
    "Known",
    "Named",
    "Preview",
    "Row",
    "Telling",
    "accreditors",
    "agreement",
    "agreement_of",
    "agreements",
    "arrangement_called",
    "arrangements",
    "ask",
    "check",
    "count_units",
    "document",
    "drafts",
    "everywhere",
    "find_agreement",
    "find_arrangement",
    "find_signatory",
    "guessed",
    "in_place_of",
    "jurisdictions",
    "kept_column",
    "laws",
    "lines_of",
    "look_of",
    "looked",
    "newest",
    "next_revision",
    "organisation_name",
    "preview",
    "read_agreement",
    "read_arrangement",
    "read_kept",
    "register",
    "released_today",
    "signatories",
    "signatory",
    "stored",
    "text_of",
    "to_confirm",
    "together",
    "unit_at",
    "units_after",
    "writers",
]
