"""What an archival PDF has to be, by our own eyes: the rules of PDF/A-3 that an attachment and a reader depend on."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator


def faults(drawn: bytes) -> list[str]:
    """What stands against calling the file PDF/A-3 with one attached record; nothing where it is in order."""
    return [name for name, true in _stands(drawn) if true]


def _stands(drawn: bytes) -> Iterator[tuple[str, bool]]:
    whole = drawn + b"".join(_streams(drawn))
    yield "header", not drawn.startswith(b"%PDF-1.7\n%")
    yield "part", b"<pdfaid:part>3</pdfaid:part>" not in drawn
    yield "conformance", b"<pdfaid:conformance>A</pdfaid:conformance>" not in drawn
    yield "output intent", b"/GTS_PDFA1" not in whole or b"/DestOutputProfile" not in whole
    yield "identifier", re.search(rb"/ID\s*\[\s*[(<]", whole) is None
    yield "tags", b"/MarkInfo" not in whole or b"/StructTreeRoot" not in whole
    yield "language", re.search(rb"/Lang\s*\(", whole) is None
    yield "relationship", re.search(rb"/AFRelationship\s*/Data\b", whole) is None
    yield "listed in the catalogue", re.search(rb"/AF\s*(\[|\d)", whole) is None
    yield "media type", b"application#2Fjson" not in whole
    yield "encrypted", b"/Encrypt" in whole
    yield "script", b"/JavaScript" in whole or b"/OpenAction" in whole
    descriptors = len(re.findall(rb"/Type\s*/FontDescriptor", whole))
    yield "fonts", not 0 < descriptors == len(re.findall(rb"/FontFile[23]?\s+\d", whole))


def _streams(drawn: bytes) -> Iterator[bytes]:
    """Streams that hold objects, opened: what is compressed is looked at as well."""
    for found in re.finditer(rb"/Type\s*/ObjStm.*?stream\r?\n(.*?)endstream", drawn, re.DOTALL):
        yield zlib.decompressobj().decompress(found[1])
