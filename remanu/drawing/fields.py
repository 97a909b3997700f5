"""What a label says, in words that are ready to print: the caller takes them from the record (I57)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from remanu.drawing.faces import Locale


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFields:
    """One label's words; what is empty is left out of the drawing.

    `payload` is the exact printed address and goes into the symbol unchanged; `host`, with the label's own code
    behind it, and the grouped `code` of the part say the same to a person without a camera. `class_word` is the
    claim class as the dossier supports it, in the reader's language; `watermark` marks a demonstration. A tag
    carries neither class, certificate nor life.
    """

    payload: str
    host: str
    code: str
    locale: Locale = "en"
    class_word: str = ""
    name: str = ""
    part_number: str = ""
    serial: str = ""
    organisation: str = ""
    date: str = ""
    standard: str = ""
    certificate: str = ""
    life: str = ""
    watermark: str = ""

    def value(self, name: str) -> str:
        """What one of the PRINTED fields says."""
        return str(getattr(self, name))


# Which words each field of a family pack gives (domain.md §2.5); what every label needs is not asked.
FROM_PACK: Mapping[str, str] = {
    "class-word": "class_word",
    "remanufacturer": "organisation",
    "part-number": "part_number",
    "serial": "serial",
    "life": "life",
    "date": "date",
    "standard": "standard",
    "certificate-number": "certificate",
}
PRINTED = tuple(one.name for one in fields(LabelFields) if one.name not in {"payload", "locale"})
