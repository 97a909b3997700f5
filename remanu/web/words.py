"""Words that people read for our stable codes; English here, translated where they are shown."""

from __future__ import annotations

from collections.abc import Mapping


def N_(message: str) -> str:  # noqa: N802 -- gettext's own name for "collect this, translate it later"
    """Mark a message for the catalogues."""
    return message


PROBLEMS: Mapping[str, tuple[str, str]] = {
    "bad-input": (N_("One entry cannot be taken"), N_("Correct the marked entry and send again. Nothing was stored.")),
    "invalid-form": (N_("Some entries need attention"), N_("Correct the marked entries and send again. Nothing was stored.")),
    "malformed-body": (N_("The request cannot be read"), N_("Send one JSON document in UTF-8. Nothing was stored.")),
    "not-signed-in": (N_("Please sign in"), N_("Sign in again; what you typed is kept.")),
    "forbidden": (N_("Your role does not include this"), N_("Ask somebody who holds one of the roles named here, or your administrator.")),
    "own-work": (N_("You worked on this part yourself"), N_("Somebody who did no work on it since intake must do this.")),
    "not-authorised": (N_("Your authorisation does not cover this"), N_("Ask your administrator to check its scope and dates.")),
    "factor-needed": (N_("Confirm that it is you"), N_("Enter your password again to sign.")),
    "cross-site": (N_("This came from another site"), N_("Open the page here and send it again. Nothing was stored.")),
    "not-found": (N_("There is no such page or record"), N_("Check the address, or search for the part.")),
    "unknown-code": (N_("No such record"), N_("No part is recorded under this code. Do not install the part. Check the characters, or report the label.")),
    "not-allowed": (N_("Not possible in this state"), N_("See what is possible now, and go on from there.")),
    "guard-failed": (N_("Something is still missing"), N_("Do what is listed first, then try again.")),
    "conflict": (N_("This contradicts the record"), N_("Read what is recorded already. Nothing was stored.")),
    "key-reused": (N_("This form was sent before with other entries"), N_("Open the form again. The first sending counts.")),
    "key-missing": (N_("The request has no idempotency key"), N_("Send an Idempotency-Key header of your own choice with every act.")),
    "stale": (N_("Somebody was faster"), N_("Read what changed, then decide again. What you typed is kept.")),
    "too-large": (N_("That is too large"), N_("Send less, or a smaller file. Nothing was stored.")),
    "unsafe-file": (N_("This file cannot be taken"), N_("Send a JPEG, PNG, WebP or PDF file that opens on its own.")),
    "too-many": (N_("Too many tries"), N_("Wait a little, then try again.")),
    "cannot-draw": (N_("This cannot be drawn so that it can be read"), N_("Choose a larger label or shorter text.")),
    "pack-refused": (N_("The family pack has an error"), N_("Correct the place named here and load it again.")),
    "issuing-halted": (N_("Issuing is halted"), N_("Ask your quality department when it will go on.")),
    "unavailable": (N_("Writing is not possible at the moment"), N_("Nothing was changed; reading goes on. Try again shortly.")),
    "outcome-unknown": (N_("It is not certain whether this was stored"), N_("Send the same form again: it will not be stored twice.")),
    "misconfigured": (N_("The installation is not set up correctly"), N_("Tell your operator.")),
    "damaged": (N_("This part of the record does not verify"), N_("Do not rely on it. Tell the operator; the record check names the place.")),
    "wrong-method": (N_("This address does not do that"), N_("Use one of the methods it allows.")),
    "not-acceptable": (N_("This is not offered in that form"), N_("Ask for a page or for JSON.")),
    "failed": (N_("Something went wrong on our side"), N_("Nothing was stored. Try again; if it stays, give the request number to your operator.")),
    "refused": (N_("This was refused"), N_("Nothing was stored.")),
}

REASONS: Mapping[str, str] = {
    "required": N_("Please fill this in"),
    "unknown-field": N_("This entry is not expected here"),
    "wrong-type": N_("This is not of the expected kind"),
    "not-a-choice": N_("Choose one of the offered answers"),
    "not-a-digest": N_("This is not a file that was uploaded"),
    "naive-time": N_("Give the time with its time zone"),
    "absurd-time": N_("This time cannot be right"),
    "late-entry": N_("This happened more than a day ago: say why it is entered now"),
    "empty": N_("Please fill this in"),
    "too-long": N_("This is too long"),
    "too-large": N_("This number is too large"),
    "control-character": N_("This holds a character that cannot be shown"),
    "not-a-number": N_("Enter digits with at most one decimal point, such as 65.012"),
    "too-precise": N_("This number has too many digits"),
    "unknown-unit": N_("This unit is not known"),
    "wrong-unit": N_("This is another kind of unit than the one needed"),
    "counter-falls": N_("A counter never falls: the last reading was higher"),
    "not-a-code": N_("This is not one of our codes"),
    "check-character": N_("One character of this code is wrong"),
    "foreign-host": N_("This label leads to another site; it is not one of ours"),
    "already-registered": N_("This part has a record already"),
    "state-changed": N_("The state changed in the meantime"),
    "wrong-password": N_("The password is not right"),
    "no-match": N_("These two do not belong together"),
    "login-taken": N_("Somebody has this login already"),
    "too-short": N_("This is too short: take 15 characters or more, at least 8"),
    "too-common": N_("Many people use this; take something that nobody would try"),
    "like-login": N_("This holds the login"),
    "not-a-pin": N_("A PIN has 6 to 12 digits"),
    "admin-signs": N_("An administrator holds no role that signs"),
    "supervisor-reads": N_("A supervisor reads only and holds no other role"),
    "ends-before": N_("The last day is before the first"),
    "already-member": N_("This person is a member already"),
    "not-active": N_("This member may not act at present"),
    "not-suspended": N_("This member is not suspended"),
    "already-erased": N_("This person was erased"),
    "already-withdrawn": N_("This authorisation was withdrawn before"),
    "already-retired": N_("This tablet was retired before"),
    "administrator-exists": N_("This organisation has an administrator already"),
    "own-rights": N_("Nobody changes his own rights; ask another administrator"),
}
