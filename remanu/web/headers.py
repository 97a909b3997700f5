"""Security and cache headers of every answer, errors and static files included (ASVS 3.4, G16)."""

from __future__ import annotations

from flask import Response, request

from remanu.web.context import cookie

_POLICY = (
    "default-src 'none'; script-src 'self'{scan}; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_SCAN = " 'wasm-unsafe-eval'"
_BASKET = {f"intake.{name}" for name in ("basket", "put", "receive_all", "accept_all", "move_all")}
_SCANNING = {"parts.scan", "labelling.read_back", *_BASKET}

# The one page that asks for a place, after a plain yes; a refused answer is the same page again.
_PLACE = {"provenance.ask_place", "provenance.tell_place"}


def apply(response: Response) -> Response:
    """Add the header set; the pages with a scanner alone may compile WebAssembly."""
    scan = _SCAN if request.endpoint in _SCANNING else ""
    set_default = response.headers.setdefault
    set_default("Content-Security-Policy", _POLICY.format(scan=scan))
    set_default("X-Content-Type-Options", "nosniff")
    # The public code stands in the address, so no other site is told where a reader came from.
    set_default("Referrer-Policy", "no-referrer")
    place = "(self)" if request.endpoint in _PLACE else "()"
    set_default("Permissions-Policy", f"camera=(self), geolocation={place}, microphone=()")
    set_default("Cross-Origin-Opener-Policy", "same-origin")
    if request.is_secure:
        set_default("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
    if cookie() in request.cookies or request.headers.get("Authorization"):
        response.headers["Cache-Control"] = "no-store"
    else:
        set_default("Cache-Control", "no-cache")
    response.vary.update({"Accept", "Accept-Language", "Cookie"})
    return response
