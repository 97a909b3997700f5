"""Uploads: type by content, limits before work, the original kept byte for byte as evidence (T13, T14)."""

from __future__ import annotations

import hmac
import io
import warnings
from collections.abc import Iterable
from typing import Any

from PIL import Image
from werkzeug.datastructures import FileStorage

from remanu.errors import TooLarge, UnsafeFile
from remanu.rules import text
from remanu.web.context import actor, here

FILE_LIMIT = 20 * 1024 * 1024
TEXT_LIMIT = 1024 * 1024
PIXEL_LIMIT = 50_000_000
_IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_NAME_LIMIT = 120


def keep(uploads: Iterable[FileStorage]) -> list[dict[str, Any]]:
    """Store each file durably and say what it is; TooLarge or UnsafeFile refuses all of them."""
    read = [(upload, _read(upload)) for upload in uploads if upload.filename]
    return [_kept(upload.filename or "", *what) for upload, what in read]


def _kept(name: str, content: bytes, kind: str) -> dict[str, Any]:
    digest, size = here().storage.put(content), len(content)
    return {
        "digest": digest,
        "media_type": kind,
        "size": size,
        "shows": text.clean_line("shows", name, limit=_NAME_LIMIT),
        "receipt": receipt(digest, kind, size),
    }


def receipt(digest: str, media_type: str, size: int) -> str:
    """Proof that the actor's organisation sent this file here and that it is what is said of it.

    Digests stand on public pages: without a receipt anybody could cite, and then read, a file of somebody else.
    """
    said = f"{actor().org_id}:{digest}:{media_type}:{size}".encode()
    return here().database.keyring.mac("upload", said).hex()


def is_receipt(given: str, digest: str, media_type: str, size: int) -> bool:
    """Whether `receipt` made this one."""
    return hmac.compare_digest(given, receipt(digest, media_type, size))


def _read(upload: FileStorage) -> tuple[bytes, str]:
    content = upload.stream.read(FILE_LIMIT + 1)
    if len(content) > FILE_LIMIT:
        raise TooLarge(limit=FILE_LIMIT)
    return content, media_type(content)


def plain(upload: FileStorage) -> str:
    """The text of a file; UnsafeFile for what is no text in UTF-8, TooLarge like any upload."""
    content = upload.stream.read(TEXT_LIMIT + 1)
    if len(content) > TEXT_LIMIT:
        raise TooLarge(limit=TEXT_LIMIT)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnsafeFile(why="not-utf-8") from error


def media_type(content: bytes) -> str:
    """What the bytes are: JPEG, PNG, WebP or PDF; UnsafeFile for anything else, bombs and broken ones included."""
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=list(_IMAGES)) as image:
                _check_pixels(image)
                # Decoded to its end, a JPEG at an eighth of its size: what is cut off would fail whoever looks at it.
                image.draft("RGB", (image.width // 8, image.height // 8))
                image.load()
                return _IMAGES[str(image.format)]
    except UnsafeFile:
        raise
    except Exception as error:  # a decoder fed by strangers may raise anything
        raise UnsafeFile(why="not-an-image") from error


def _check_pixels(image: Image.Image) -> None:
    if image.width * image.height > PIXEL_LIMIT:
        raise UnsafeFile(why="too-many-pixels", limit=PIXEL_LIMIT)


def rendition(content: bytes, *, edge: int = 1600) -> bytes:
    """A WebP for display, re-encoded from pixels alone: no metadata, no place, at most `edge` pixels."""
    with Image.open(io.BytesIO(content), formats=list(_IMAGES)) as image:
        _check_pixels(image)
        shown = image.convert("RGB")
        shown.thumbnail((edge, edge))
        out = io.BytesIO()
        shown.save(out, "WEBP", quality=80)
        return out.getvalue()
