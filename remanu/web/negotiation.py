"""Page or JSON, by address and Accept header."""

from __future__ import annotations

from flask import request

_TYPES = ("text/html", "application/json", "application/problem+json")


def wants_json() -> bool:
    """Whether the caller should get JSON: always under /api, else when it prefers JSON to a page."""
    if request.path.startswith("/api/"):
        return True
    best = request.accept_mimetypes.best_match(_TYPES, default="text/html")
    return best != "text/html"
