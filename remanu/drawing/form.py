"""A release certificate block by block, as words: what a page shows beside the paper, and the paper is read against.

The numbers are those that readers of release forms expect. Of the two sides 13 and 14 one is filled, and never both
(domain.md §5.1, I39).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC

from remanu.drawing.certificate import CertificateBlocks, words
from remanu.drawing.faces import Locale


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its number, what it is called, and its lines; none where it is left empty on purpose."""

    no: str
    caption: str
    lines: tuple[str, ...]


def numbered(given: CertificateBlocks, locale: Locale) -> tuple[Block, ...]:
    """Every block of the form in the order of its numbers."""
    known = words(locale)

    def block(no: str, caption: str, *lines: str) -> Block:
        return Block(no, str(known[caption]), tuple(line for line in lines if line))

    return (
        block("1", "issued_under", given.approval or str(known["own_system"])),
        block("2", "form", str(known["title"])),
        block("3", "number", given.number, _behind(known["supersedes"], given.supersedes)),
        block("4", "organisation", given.organisation, given.address),
        block("5", "work_order", given.work_order),
        block("6", "item", given.line),
        block("7", "description", given.description),
        block("8", "part_number", given.part_number),
        block("9", "quantity", given.quantity),
        block("10", "serial", given.serial),
        block("10a", "life", given.life),
        block("10b", "code", given.code),
        block("11", "status", given.status, _behind(known["vocabulary"], given.scheme)),
        block("11a", "claim_class", given.claim_class, given.flag),
        block("12", "remarks", *given.remarks),
        block("12a", "standards", *given.standards),
        block("12b", "concessions", *given.concessions),
        *_sides(given, locale),
        block("15", "dossier", given.dossier),
        block("16", "checkpoint", given.log, given.root),
        block("17", "check", given.url),
    )


def _sides(given: CertificateBlocks, locale: Locale) -> tuple[Block, ...]:
    """The five blocks of the side that is signed, and the one that says that the other is not used."""
    known, at = words(locale), given.signed_at.astimezone(UTC)
    signed, other = ("13", "14") if given.side == "production" else ("14", "13")
    lines = (
        ("a", "meaning", given.meaning),
        ("b", "signature", given.digest or str(known["unsigned"])),
        ("c", "authorisation", given.authorisation),
        ("d", "name", given.signer),
        ("e", "date", f"{at:%Y-%m-%d %H:%M:%S} UTC" if given.digest else "-"),
    )
    filled = tuple(Block(signed + letter, str(known[caption]), (line,)) for letter, caption, line in lines)
    empty = Block(other, str(known["production" if other == "13" else "maintenance"]), ())
    return (*filled, empty) if signed == "13" else (empty, *filled)


def _behind(word: str, value: str) -> str:
    return f"{word} {value}" if value else ""
