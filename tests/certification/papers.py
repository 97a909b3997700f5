"""Documents of outside bodies as tests record them."""

from __future__ import annotations

from datetime import date

from remanu.certification import actions
from tests.certification.story import FAMILY, HOLDER, PAPER, who

SOURCE = "https://register.example.test/XB-1"
SECOND = who(HOLDER, "quality", name="second")
CERTIFICATE = actions.Document(
    kind="certificate",
    number="XB-1",
    issuer="Certifiers of XB",
    country="XB",
    about="Works of XA",
    scheme="XB-RM",
    edition="2024",
    family=FAMILY,
    models=("NW-6L-200",),
    says="valid",
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31),
)
ACCREDITATION = actions.Document(
    kind="accreditation",
    number="XB-ACC-9",
    issuer="Accreditors of XB",
    country="XB",
    about="Certifiers of XB",
    scheme="XB-RM",
    edition="2024",
    family=FAMILY,
    models=(),
    says="suspended",
    valid_from=date(2026, 1, 1),
)


def record(story, **changed):
    """One document is recorded by quality of the workshop; returns its id."""
    given = {
        "document": CERTIFICATE,
        "source": SOURCE,
        "seen_on": story.today,
        "evidence": (PAPER,),
        **changed,
    }
    actor = given.pop("actor", who(HOLDER, "quality"))
    return story.do(actions.record_outside, actor, **given).subject.id


def confirmed(story, **changed):
    """And confirmed by a second person."""
    record_id = record(story, **changed)
    story.do(actions.confirm_outside, SECOND, record_id, digest=PAPER.digest)
    return record_id
