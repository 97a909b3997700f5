"""Cross-site request forgery: judged by headers, because tokens expire inside an offline queue (stack.md §1)."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request

from remanu.errors import CrossSite
from remanu.web.context import cookie

_SAFE = {"GET", "HEAD", "OPTIONS"}
_OWN = {"same-origin", "none"}


def guard() -> None:
    """Refuse a state change that another site sent, or that came with a cookie and cannot show where from."""
    if request.method in _SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        _require(site in _OWN)
        return
    origin = request.headers.get("Origin")
    if origin is not None:
        # Hosts are compared and schemes are not, because TLS may end at a proxy in front.
        _require(urlsplit(origin).netloc == request.host)
        return
    _require(cookie() not in request.cookies)


def _require(same: bool) -> None:  # noqa: FBT001 -- a yes or no is what it judges
    if not same:
        raise CrossSite()
