"""Why a code, a GS1 element or another mark that was scanned or typed is refused, by reason word."""

from __future__ import annotations

from collections.abc import Mapping

from remanu.web.message import N_

MARKS: Mapping[str, str] = {
    "place-taken": N_("A place in use is called so"),
    "place-retired": N_("This place was given up: nothing is put there any longer"),
    "place-not-empty": N_("Parts stand at this place: move them first"),
    "unknown-place": N_("This is the sign of a place, and of none of yours"),
    "not-a-place": N_("This is the label of a part: scan the sign of the place"),
    "paper-scanned": N_("This is a paper of the part: scan the label on the part itself"),
    "badge-scanned": N_("This is a badge of a person, and of no part: it lets in on a shared tablet, beside the PIN"),
    "tag-void": N_("This tag was given up as spoilt or lost: use another one"),
    "not-of-this-batch": N_("This is no tag of the batch"),
    "nothing-left": N_("No tag of the batch is left"),
    "which-part": N_("Several parts may carry this mark; scan the label of the part"),
    "several-codes": N_("Several codes of ours stand here; scan one label alone"),
    "envelope-malformed": N_("This begins as a mark after ISO/IEC 15434 and does not go on as one"),
    "identifier-of-kind": N_("This names a kind of thing and no single part"),
    "identifier-other-scheme": N_("This is an identifier of another kind than the one chosen"),
    "identifier-known": N_("The part has this identifier already"),
    "identifier-taken": N_("Another part has this identifier"),
    "prefix-malformed": N_("A GS1 company prefix has 4 to 12 digits"),
    "prefix-not-confirmed": N_(
        "No administrator has confirmed that this GS1 company prefix is yours: keys are never invented"
    ),
    "prefix-taken": N_("This company prefix stands here already, or one that begins alike"),
    "prefix-ended": N_("This company prefix has ended already"),
    "gs1-not-a-link": N_("This is not a GS1 Digital Link"),
    "gs1-syntax": N_("This is not written as GS1 elements are, such as (01)09506000134352(21)A1"),
    "gs1-unknown-ai": N_("GS1 has no such application identifier"),
    "gs1-no-key": N_("No GS1 key stands here that names a thing"),
    "gs1-order": N_("These GS1 identifiers do not follow one another like this"),
    "gs1-not-in-query": N_("This GS1 identifier does not belong behind the question mark"),
    "gs1-too-short": N_("A value of a GS1 identifier is too short"),
    "gs1-too-long": N_("A value of a GS1 identifier is too long"),
    "gs1-check": N_("The check digit does not fit: one character is wrong"),
    "gs1-value": N_("A value of a GS1 identifier cannot be right"),
    "gs1-repeated": N_("One GS1 identifier is given twice"),
    "gs1-excluded": N_("Two of these GS1 identifiers never stand together"),
    "gs1-lacks": N_("A GS1 identifier lacks the one that it belongs to"),
}
