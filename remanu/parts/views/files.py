"""Files of evidence for insiders: pictures re-encoded for the page, or the original byte for byte."""

from __future__ import annotations

from flask import Response, request
from flask.typing import ResponseReturnValue

from remanu.parts import queries
from remanu.web import uploads
from remanu.web.access import allow
from remanu.web.context import actor, here

_SMALL, _LARGE = 320, 1600


@allow("read:workshop")
def evidence(digest: str) -> ResponseReturnValue:
    """A file that an event of this organisation cites; `?as=original` answers the bytes that were sent."""
    with here().database.reading() as connection:
        row = queries.find_evidence(connection, actor().org_id, digest)
    content = here().storage.get(digest)
    wish = request.args.get("as", "")
    if wish == "original" or not row.media_type.startswith("image/"):
        return _original(content, row.media_type, digest)
    return Response(uploads.rendition(content, edge=_SMALL if wish == "small" else _LARGE), mimetype="image/webp")


def _original(content: bytes, media_type: str, digest: str) -> Response:
    # Never shown inside a page of ours, because what strangers send may hold anything (T14).
    name = f"{digest[:12]}.{media_type.rpartition('/')[2]}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype=media_type, headers=headers)


ROUTES = (("/evidence/<digest>", evidence, ("GET",)),)
