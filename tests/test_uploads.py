"""Files that strangers to the trade send: refused by what they are, not by their names, and nothing is kept of them."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from remanu.web import uploads
from remanu.web.words import PROBLEMS
from tests.matrix import sweep

pytestmark = pytest.mark.xdist_group("matrix")
ADDRESS = "/api/v1/evidence"


def _image(kind="JPEG", size=(640, 480), **more) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, kind, **more)
    return out.getvalue()


def _bomb(width: int, height: int) -> bytes:
    """A small PNG that says it is a large one, its rows packed to nothing."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0" * (width + 1) * 16, 9)),
        (b"IEND", b""),
    )
    told = b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + told


@pytest.fixture(scope="module")
def client(seeded):
    """The browser of a technician."""
    return sweep.client_of(seeded, next(one for one in seeded.personas if one.name == "technician here"))


def _send(client, content, name="photo.jpg"):
    file = FileStorage(io.BytesIO(content), filename=name, content_type="image/jpeg")
    boundary, body = encode_multipart({"file": file})
    return client.post(ADDRESS, data=body, content_type=f"multipart/form-data; boundary={boundary}")


WHOLE = _image()
BAD = {
    "text": b"hello",
    "nothing": b"",
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a drawing with a program": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a film": b"GIF89a" + b"\0" * 100,
    "a program": b"\x7fELF" + b"\0" * 200,
    "the first half of a photo": WHOLE[: len(WHOLE) // 2],
    "a photo without its end": WHOLE[:-200],
    "a head without a body": WHOLE[:30],
    "an image that is too large when unpacked": _bomb(60_000, 60_000),
    "an image a little too large": _bomb(8_000, 8_000),
    "a broken drawing": _image("PNG")[:500],
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_photo(seeded, client, name):
    """Refused with words, whatever it is called, and nothing is kept."""
    before = list(seeded.storage.digests())
    answer = _send(client, BAD[name])
    found = answer.get_json()
    assert (answer.status_code, found["code"] in PROBLEMS) == (422, True), found
    assert list(seeded.storage.digests()) == before


def test_too_many_bytes(seeded, client):
    """A file beyond the limit is refused, as is a request beyond the server's."""
    assert _send(client, b"%PDF-" + b"x" * uploads.FILE_LIMIT).status_code == 413
    assert _send(client, b"%PDF-" + b"x" * 65 * 1024 * 1024).status_code == 413


def test_an_odd_name(client):
    """A name that turns the direction of writing is refused; a path is only a name."""
    assert _send(client, _image(), "gpj.\u202eexe").status_code == 422
    assert _send(client, _image(size=(8, 8)), "../../etc/passwd").status_code == 200


def test_the_original_is_kept_and_the_rendition_tells_nothing(seeded, client):
    """Byte for byte as evidence; what is shown holds pixels alone."""
    exif = Image.Exif()
    exif[0x010F] = "Secret camera of Zabriskie"
    content = _image(exif=exif)
    answer = _send(client, content)
    assert answer.status_code == 200
    told = answer.get_json()
    (kept,) = told if isinstance(told, list) else told.get("files", [told])
    assert seeded.storage.get(kept["digest"]) == content
    assert b"Zabriskie" in content
    assert b"Zabriskie" not in uploads.rendition(content)


def test_the_control_is_taken(client):
    """The same photo, whole, is taken in each of its forms."""
    for kind in ("JPEG", "PNG", "WEBP"):
        assert _send(client, _image(kind)).status_code == 200
    assert _send(client, b"%PDF-1.7 certificate").status_code == 200
