"""Every refusal the system can make, with a stable code; knows no HTTP framework and no database."""

from __future__ import annotations

from typing import ClassVar


class Refusal(Exception):
    """A request that remanu declines: a stable code, the status it maps to, and details for the reader.

    The words shown to people live in `remanu/web/problems.py`, because they are translated; what is kept
    here is only what a program needs to react.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400

    def __init__(self, **details: object) -> None:
        super().__init__(f"{self.code}: {details}")
        self.details = details


class BadInput(Refusal):
    """One field holds something that cannot be taken: `field` says which, `why` is a closed reason word."""

    code = "bad-input"
    status = 422

    def __init__(self, field: str, why: str, **details: object) -> None:
        super().__init__(field=field, why=why, **details)


class InvalidForm(Refusal):
    """Several fields are missing, surplus or malformed: `fields` maps each to its reasons."""

    code = "invalid-form"
    status = 422


class MalformedBody(Refusal):
    """The request body is not one strict JSON document (trust.md T21)."""

    code = "malformed-body"
    status = 400


class NotSignedIn(Refusal):
    """Nobody is signed in, or the session ended."""

    code = "not-signed-in"
    status = 401


class Forbidden(Refusal):
    """The actor holds none of the roles that may do this."""

    code = "forbidden"
    status = 403


class OwnWork(Refusal):
    """Segregation of duties: the person did work that bars this act (I32, I33, domain.md §3.9)."""

    code = "own-work"
    status = 403


class OwnFile(OwnWork):
    """Whoever had a part in a file of a body, or wrote what is to be approved, does not judge it (I34)."""

    code = "own-file"


class NotImpartial(Refusal):
    """The person did not declare himself free of interests in the client, or is not; `why` is a closed word (I34)."""

    code = "not-impartial"
    status = 403


class NotAuthorised(Refusal):
    """The person's authorisation does not cover family, class, site or date (I36, T-R10)."""

    code = "not-authorised"
    status = 403


class FactorNeeded(Refusal):
    """The act is a signature and wants a fresh factor (T-R7, T-R8)."""

    code = "factor-needed"
    status = 403


class Asked(FactorNeeded):
    """What would be signed, told to whoever asked just that: nothing was done, and nothing went wrong."""

    status = 200


class SignatureRefused(Refusal):
    """A signature was given and does not hold: `why` is a closed reason word (T-R17)."""

    code = "signature-refused"
    status = 403


class CrossSite(Refusal):
    """A state change came from another site, or without the headers that prove it did not."""

    code = "cross-site"
    status = 403


class NotFound(Refusal):
    """There is no such thing, or it belongs to somebody else; both read the same."""

    code = "not-found"
    status = 404


class UnknownCode(NotFound):
    """A well-formed code that no record knows (trust.md T1)."""

    code = "unknown-code"


class NotAllowed(Refusal):
    """The state machine has no such transition from this state; `allowed` lists what there is."""

    code = "not-allowed"
    status = 409

    def __init__(self, *, action: str, state: str, allowed: list[str]) -> None:
        super().__init__(action=action, state=state, allowed=allowed)


class GuardFailed(Refusal):
    """The transition exists, but something is missing; `missing` names each guard."""

    code = "guard-failed"
    status = 409


class Conflict(Refusal):
    """A rule of the record forbids this beside what is already there; `why` is a closed reason word."""

    code = "conflict"
    status = 409


class KeyReused(Refusal):
    """The idempotency key was used before with another body."""

    code = "key-reused"
    status = 409


class KeyMissing(Refusal):
    """An act came without an idempotency key."""

    code = "key-missing"
    status = 400


class Stale(Refusal):
    """The form was drawn from an older state; details show the other's change."""

    code = "stale"
    status = 412


class TooLarge(Refusal):
    """The upload or body exceeds its limit."""

    code = "too-large"
    status = 413


class UnsafeFile(Refusal):
    """The uploaded file is not what it claims, or is of a kind that is not taken (T13, T14)."""

    code = "unsafe-file"
    status = 422


class TooMany(Refusal):
    """Too many tries; `retry_after` in seconds."""

    code = "too-many"
    status = 429


class CannotDraw(Refusal):
    """A label or certificate that would not be readable is not drawn; `why` says what is wrong."""

    code = "cannot-draw"
    status = 422


class PackRefused(Refusal):
    """A family pack with an error: `file`, `path` inside it, `why`."""

    code = "pack-refused"
    status = 422


class IssuingHalted(Refusal):
    """Issuing is halted for the organisation or family."""

    code = "issuing-halted"
    status = 503


class Unavailable(Refusal):
    """The store cannot take writes now: full, locked or read-only; nothing was changed, reading goes on."""

    code = "unavailable"
    status = 503


class OutcomeUnknown(Refusal):
    """An I/O error at commit: retry with the same key to learn the outcome (trust.md finding 8)."""

    code = "outcome-unknown"
    status = 503


class Misconfigured(Refusal):
    """The start is refused: a setting is odd, unsafe or missing."""

    code = "misconfigured"
    status = 500


class Damaged(Refusal):
    """Something in the record does not verify; details name it (T-R19: never shown green)."""

    code = "damaged"
    status = 500
