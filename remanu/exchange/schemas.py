"""The table of verbs of exchange: none, for what another record says is heard by no person."""

from __future__ import annotations

from remanu.web.acts import Verb

VERBS: tuple[Verb, ...] = ()
