"""Codes of parts, labels and places, and what a scanned or typed text says (labels.md §1.4, architecture.md §6)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from remanu.errors import BadInput

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ITEM_LENGTH = 13
LABEL_LENGTH = 6
PAPER = "PAPER"
"""What stands behind the part's code on its papers: no label's code, since those are longer by a character."""
PLACE_LENGTH = 10
PLACE_MARK = "P"
"""What every code of a place begins with; by that and by its length no code of a part or a label is one."""
BADGE_LENGTH = 16
"""Of a person's badge, of any letters and digits: no code of a part, a label or a place is as long."""
_VALUE = {sign: value for value, sign in enumerate(ALPHABET)}
_BITS = 5
_POLYNOMIAL = 0b100101
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_TRAILING = "/.)"
_LONGEST = 2048
_URL = re.compile(r"(?s)(https?)://([^/?#]*)([^?#]*)", re.ASCII | re.IGNORECASE)
_DEFAULT_PORT = {"http": ":80", "https": ":443"}
_ORIGIN = re.compile(r"(https?)://([a-z0-9.:\[\]-]+)/?", re.ASCII | re.IGNORECASE)

CodeClass = Literal["part", "label", "paper", "place", "person"]
"""What a code of ours names. Whether a part's code hangs on it as a tag, before its release, its label row says."""
RandBits = Callable[[int], int]
"""Gives a random number of so many bits, as `secrets.randbits` does."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan names: always an item; the label or paper and the host it was read with, where the text held them."""

    item: str
    label: str | None = None
    host: str | None = None
    paper: bool = False

    @property
    def names(self) -> CodeClass:
        """The class of the code: only a label's vouches for the part in front of whoever scans (users.md §7 no. 7)."""
        return "label" if self.label else "paper" if self.paper else "part"


def new_item_code(randbits: RandBits) -> str:
    """A fresh item code: 60 random bits and a check character."""
    body = _spell(randbits(_BITS * (ITEM_LENGTH - 1)), ITEM_LENGTH - 1)
    return body + ALPHABET[_damm(body)]


def new_label_code(randbits: RandBits) -> str:
    """A fresh label code: 30 random bits; it names one physical label of an item."""
    return _spell(randbits(_BITS * LABEL_LENGTH), LABEL_LENGTH)


def new_place_code(randbits: RandBits) -> str:
    """A fresh code of a place in the workshop: its mark, 40 random bits and a check character."""
    body = PLACE_MARK + _spell(randbits(_BITS * (PLACE_LENGTH - 2)), PLACE_LENGTH - 2)
    return body + ALPHABET[_damm(body)]


def parse_item(text: str) -> str:
    """The item code meant by what a person typed: any case, hyphens, spaces, O for 0, I or L for 1.

    BadInput `not-a-code` when it has another shape, `check-character` when one character is wrong.
    """
    code = _read(text, ITEM_LENGTH)
    if _damm(code) != 0:
        raise BadInput("code", "check-character")
    return code


def parse_label(text: str) -> str:
    """The label code meant by what a person typed; BadInput `not-a-code`."""
    return _read(text, LABEL_LENGTH)


def parse_place(text: str) -> str:
    """The code of a place meant by what a person typed; BadInput `not-a-code` or `check-character`."""
    code = _read(text, PLACE_LENGTH)
    if not code.startswith(PLACE_MARK):
        raise BadInput("code", "not-a-code")
    if _damm(code) != 0:
        raise BadInput("code", "check-character")
    return code


def respelt(text: str) -> str:
    """What a code or the beginning of one is when it is spelt as ours are; nothing where it cannot be one."""
    code = text.strip().upper().translate(_MISREAD) if text.isascii() else ""
    return code if len(code) <= ITEM_LENGTH and _VALUE.keys() >= set(code) else ""


def is_badge(text: str) -> bool:
    """Whether a text has the shape of a badge; whose it is, or whether it is one, only the store knows."""
    code = text.strip()
    return len(code) == BADGE_LENGTH and code.isalnum()


def group(code: str) -> str:
    """An item code as it is printed for people: 8XK4-M9QT2-RWC7."""
    return f"{code[:4]}-{code[4:9]}-{code[9:]}"


def group_place(code: str) -> str:
    """The code of a place as it is printed for people: P7K3M-9QXT2."""
    return f"{code[:5]}-{code[5:]}"


def parse_scan(text: str, hosts: frozenset[str]) -> Scan:
    """What a scanned or typed text names; an address must be on one of our hosts (trust.md T4).

    `hosts` are lower-case names, with a port where one is wanted; a name without port covers every port.
    BadInput `foreign-host` for other hosts, however alike they look; `not-a-code` for everything unknown.
    """
    path, host = _path(text, hosts)
    return replace(_from_path(path), host=host)


def parse_own_scan(text: str, hosts: frozenset[str]) -> Scan:
    """The same where somebody says that he stands before the part; BadInput `paper-scanned` for one of its papers."""
    found = parse_scan(text, hosts)
    if found.paper:
        raise BadInput("code", "paper-scanned")
    return found


def paper_payload(address: str) -> str:
    """What the symbol on a paper of a part says: the part's public address, and that it was read from paper."""
    return f"{address}/{PAPER}"


def parse_place_scan(text: str, hosts: frozenset[str]) -> str:
    """The code of the place that a scanned or typed text names, under the rules of `parse_scan`."""
    return parse_place(_path(text, hosts)[0])


def _path(text: str, hosts: frozenset[str]) -> tuple[str, str | None]:
    """What stands behind our host, and the host; a text that is no address is all path."""
    plain = text.strip()
    if len(plain) > _LONGEST:
        raise BadInput("code", "not-a-code")
    address = _URL.match(plain)
    if address is None:
        return plain, None
    scheme, place, path = address.groups()
    return path.removeprefix("/"), _own_host(scheme.lower(), place, hosts)


def payload(origin: str, *codes: str) -> str:
    """The text a label carries: scheme in lower case for the cameras, the rest in upper case for a small symbol.

    `origin` is like `https://id.example.test`, or `http://127.0.0.1:8000` in a demonstration; `codes` are those of a
    part and its label, or that of a place.
    """
    known = _ORIGIN.fullmatch(origin)
    if known is None:
        raise BadInput("origin", "not-an-origin")
    return "/".join((f"{known[1].lower()}://{known[2].upper()}", *codes))


def _spell(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> _BITS * at & 31] for at in reversed(range(length)))


def _damm(code: str) -> int:
    """Damm's check over GF(32), t <- 2 * (t xor v): 0 for a code that ends in its own check character."""
    state = 0
    for sign in code:
        state = (state ^ _VALUE[sign]) << 1
        if state >> _BITS:
            state ^= _POLYNOMIAL
    return state


def _read(text: str, length: int) -> str:
    # Asked before upper(), which turns a dotless i or a long s into letters of ours.
    if not text.isascii():
        raise BadInput("code", "not-a-code")
    code = text.strip().rstrip(_TRAILING).upper().translate(_MISREAD)
    if len(code) != length or not _VALUE.keys() >= set(code):
        raise BadInput("code", "not-a-code")
    return code


def _own_host(scheme: str, place: str, hosts: frozenset[str]) -> str:
    # Compared as a whole, never by its end: that refuses userinfo, sub-domains, punycode and odd dots alike.
    # lower() would turn the Kelvin sign into a k, hence the question for ASCII.
    known = place.lower().removesuffix(_DEFAULT_PORT[scheme])
    name, _, port = known.rpartition(":")
    alone = name if port.isdigit() else known
    if not place.isascii() or not {known, alone} & hosts:
        raise BadInput("code", "foreign-host")
    return known


def _from_path(path: str) -> Scan:
    parts = path.rstrip(_TRAILING).split("/")
    if len(parts) > 2:  # noqa: PLR2004 -- item and label
        raise BadInput("code", "not-a-code")
    item = parse_item(parts[0])
    if parts[1:] and parts[1].upper() == PAPER:
        return Scan(item, paper=True)
    return Scan(item, parse_label(parts[1]) if parts[1:] else None)
