"""Messages that are collected here and translated where they are shown."""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 -- gettext's own name for "collect this, translate it later"
    """Mark a message for the catalogues."""
    return message
