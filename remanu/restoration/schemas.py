"""Shapes of what is typed in restoration, and its table of verbs."""

from __future__ import annotations

from remanu.web.acts import Verb

VERBS: tuple[Verb, ...] = ()
