"""The links of a part and of a product for resolvers: only those that exist as pages here."""

from __future__ import annotations

from remanu.parts.queries import Row
from remanu.provenance.queries import Known
from remanu.recognition.queries import jurisdictions
from remanu.rules.resolver import TAGS, Level, Offered
from remanu.web.locale import gettext
from remanu.web.words import N_

_PAGE, _JSON, _PDF = "text/html", "application/json", "application/pdf"
_PART = N_("Page of the part")
_PRODUCT = N_("Page of the product")
_DATA = N_("Record of the part as data")
_HISTORY = N_("Events of the part as they were recorded")
_RECALL = N_("Whether the release is under review or revoked")
_REPORT = N_("Report a part that was found or does not match")
_CERTIFICATE = N_("Release certificate")
_RECOGNISED = N_("Whether the release is recognised there")


def of_part(known: Known, label: str) -> tuple[Offered, ...]:
    """The links of a part; with the code of the label that was scanned, for the page speaks of that label."""
    base = f"/{known.found.code}"
    page = f"{base}/{label}" if label else base
    held = known.story.in_force is not None
    return (
        *_pages(page, _PART),
        Offered("masterData", f"{base}?format=json", gettext(_DATA), _JSON),
        Offered("traceability", f"{base}/events", gettext(_HISTORY), _JSON),
        Offered("recallStatus", f"{page}?format=html", gettext(_RECALL), _PAGE),
        Offered("reportFound", f"{base}/report", gettext(_REPORT), _PAGE),
        *(_certificates(base) if held else ()),
    )


def _pages(page: str, title: str) -> tuple[Offered, ...]:
    """The page, first as it negotiates by itself, then in each language."""
    each = (
        Offered("pip", f"{page}?format=html&lang={locale}", gettext(title), _PAGE, tag)
        for locale, tag in TAGS.items()
    )
    return (Offered("pip", f"{page}?format=html", gettext(title)), *each)


def _certificates(base: str) -> tuple[Offered, ...]:
    title, there = gettext(_CERTIFICATE), gettext(_RECOGNISED)
    return (
        Offered("certificationInfo", f"{base}/certificate.pdf", title, _PDF),
        Offered("certificationInfo", f"{base}/certificate.json", title, _JSON),
        *(
            Offered("certificationInfo", f"{base}/recognised/{one}", f"{there}: {one}", _PAGE, context=one)
            for one in jurisdictions()
        ),
    )


def levels_of_part(known: Known, label: str, origin: str) -> list[Level]:
    """The label that was scanned, then the part: links of each level up to the item are told."""
    item = f"{origin}/{known.found.code}"
    whole = Level(item, described(known), of_part(known, ""))
    return [Level(f"{item}/{label}", described(known), of_part(known, label)), whole] if label else [whole]


def described(known: Known) -> str:
    """What the thing is, in one line."""
    piece = known.story.item.piece
    return " ".join(one for one in (piece.maker, piece.name, piece.part_number) if one) or known.found.code


def of_product(path: str) -> tuple[Offered, ...]:
    """The links of a product: a page that says what it is and asks for the label of the part."""
    return _pages(path, _PRODUCT)


def level_of_product(row: Row, path: str, origin: str) -> Level:
    """A product by one of its parts."""
    said = " ".join(one for one in (row.maker, row.name, row.part_number) if one)
    return Level(origin + path, said, of_product(path))
