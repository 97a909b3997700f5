"""What is said of the ways by which a certificate was signed."""

from __future__ import annotations

from remanu.release import queries
from remanu.release.schemas import printing


def test_every_way_has_words():
    """One of two given in between, and records that do not say, are told as well."""
    assert printing.kept_word(queries.SignedBy("password+code", continued=True)).startswith("One of the two")
    assert printing.kept_word(queries.SignedBy("password+code")).startswith("The record says that both")
    assert printing.method_word(queries.SignedBy()) == "The record of that time does not say"
    assert printing.kept_word(queries.SignedBy()) == ""
    other = queries.SignedBy("passkey", faults=("not-the-signers",))
    assert printing.kept_word(other) == "It is no passkey of the person who is named"
