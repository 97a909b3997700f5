"""Uploads: type by content, limits before work, the original kept byte for byte as evidence (T13, T14)."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable
from typing import Any

from PIL import Image
from werkzeug.datastructures import FileStorage

from remanu.errors import TooLarge, UnsafeFile
from remanu.rules import text
from remanu.web.context import here

FILE_LIMIT = 20 * 1024 * 1024
PIXEL_LIMIT = 50_000_000
_IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_NAME_LIMIT = 120


def keep(uploads: Iterable[FileStorage]) -> list[dict[str, Any]]:
    """Store each file durably and say what it is; TooLarge or UnsafeFile refuses all of them."""
    read = [(upload, _read(upload)) for upload in uploads if upload.filename]
    return [
        {
            "digest": here().storage.put(content),
            "media_type": media_type(content),
            "size": len(content),
            "shows": text.clean_line("shows", upload.filename or "", limit=_NAME_LIMIT),
        }
        for upload, content in read
    ]


def _read(upload: FileStorage) -> bytes:
    content = upload.stream.read(FILE_LIMIT + 1)
    if len(content) > FILE_LIMIT:
        raise TooLarge(limit=FILE_LIMIT)
    media_type(content)
    return content


def media_type(content: bytes) -> str:
    """What the bytes are: JPEG, PNG, WebP or PDF; UnsafeFile for anything else, bombs included."""
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=list(_IMAGES)) as image:
                _check_pixels(image)
                image.verify()
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
