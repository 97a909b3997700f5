"""The closed lists of what people say about a part: kinds of marks, origins of readings, reasons, field events.

They stand in event bodies, which any holder of a bundle may read; whatever else there is to say is sealed.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from remanu.errors import BadInput

MARK_KINDS = ("plate", "stamped", "cast", "etched", "maker_code", "other")
READING_ORIGINS = ("photo", "host", "owner", "instrument")
HOLD_REASONS = ("identity", "ownership", "hazard", "suspect", "paper", "parts", "enquiry", "other")
FIELD_EVENTS = ("fault", "damage", "repair", "inspection", "recall", "moved", "other")

DATA_PLATE = "data plate"
_PLATE = re.compile(r"(?:\b|_|data|name|type|rating)plate(?![^\W\d_])|铭牌|銘牌", re.IGNORECASE)


def shown_in(name: str) -> str:
    """What a file shows, by its name: the data plate, or nothing that is said. Names may say anything of anybody."""
    return DATA_PLATE if _PLATE.search(name) else ""


def check_word(field: str, word: str, words: Collection[str]) -> str:
    """The word, if the list has it; BadInput `not-a-choice`."""
    if word not in words:
        raise BadInput(field, "not-a-choice")
    return word
