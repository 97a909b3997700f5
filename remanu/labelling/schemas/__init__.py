"""Shapes of what is typed of labels, and their table of verbs, gathered from the files beside."""

from __future__ import annotations

from remanu.labelling.schemas import designs, labels, printers
from remanu.labelling.schemas.labels import KIND_WORDS, ON_LABEL, PLACEMENT_WORDS, STOCKS, WHY_WORDS
from remanu.web.acts import Verb

__all__ = ["KIND_WORDS", "ON_LABEL", "PLACEMENT_WORDS", "STOCKS", "VERBS", "WHY_WORDS"]

VERBS: tuple[Verb, ...] = (*labels.VERBS, *printers.VERBS, *designs.VERBS)
