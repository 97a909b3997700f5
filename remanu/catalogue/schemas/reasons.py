"""Why a family pack is refused, in words that say what to do."""

from __future__ import annotations

from collections.abc import Mapping

from remanu.web.words import N_

PACK_REASONS: Mapping[str, str] = {
    "not-toml": N_("This cannot be read as TOML"),
    "too-deep": N_("This is nested too deeply"),
    "too-long": N_("This is too long"),
    "too-large": N_("This number is too large"),
    "too-small": N_("This number is too small"),
    "unknown-key": N_("No pack has an entry of this name; is it misspelt?"),
    "missing": N_("This entry is missing"),
    "not-str": N_("Write this as text between quotation marks, numbers too"),
    "not-int": N_("Write this as a whole number without quotation marks"),
    "not-bool": N_("Write true or false"),
    "not-list": N_("Write this as a list between square brackets"),
    "not-dict": N_("Write this as one table"),
    "not-date": N_("Write this as a day, such as 2026-01-31"),
    "not-tables": N_("Write at least one table here, and nothing else"),
    "not-a-clean-text": N_("This text is empty, has spaces around it, or holds a character that does not show"),
    "not-nfc": N_("This text is not in its normal form"),
    "not-a-code": N_("A code has small letters, digits and single hyphens"),
    "not-a-decimal": N_('Write digits with at most one decimal point, such as "65.012"'),
    "not-one-of": N_("This word is none of those that are known here"),
    "empty": N_("At least one is needed here"),
    "duplicate": N_("This stands here twice"),
    "unknown-unit": N_("This unit is not known; write a UCUM code such as mm, Cel or h"),
    "wrong-unit": N_("This is another kind of unit than the one needed"),
    "unknown-source": N_("No source in this pack has this code"),
    "duplicate-code": N_("Another row has this code already"),
    "not-one-root": N_("Exactly one position, the unit itself, has no parent"),
    "unknown-position": N_("No position has this code"),
    "cycle": N_("This position would sit in itself"),
    "no-identity-bearer": N_("At least one position has to bear the identity"),
    "needs-a-serial": N_("What bears the identity or has a limited life needs a serial number"),
    "identity-would-end": N_("What bears the identity cannot be replaced every time"),
    "too-many-places": N_("The assembly has more places than a case can hold"),
    "unknown-reference": N_("Nothing in this pack has the code that is named here"),
    "no-life-limit": N_("Each life-limited position needs a limit, and only those"),
    "other-component": N_("This is measured on a component that the operation is not done to"),
    "decides-nothing": N_("One answer has to leave the full outcome open, and another not"),
    "limit-and-word": N_("At this rating stands a limit and the word that there is none"),
    "no-limit": N_("At least one limit is needed"),
    "out-of-order": N_("These numbers are not in the order in which limits widen, nearest first"),
    "against-the-limits": N_("The limits speak against this direction"),
    "against-the-kind": N_("This is not for a characteristic of this kind"),
    "no-rework": N_("What must not be reworked has no sizes to rework to"),
    "below-the-new-product": N_("A class that promises a new product has at least its warranty"),
    "not-the-file-name": N_("The file has to bear the name of the family"),
}
