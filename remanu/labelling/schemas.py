"""Shapes of what is typed in labels, and its table of verbs."""

from __future__ import annotations

from remanu.web.acts import Verb

VERBS: tuple[Verb, ...] = ()
