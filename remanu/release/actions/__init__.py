"""Doing release: submit, send back, downgrade, sign, correct, revoke; all acts stand under one name."""

from remanu.release.actions.papers import (
    COPIED_BECAUSE,
    REFUSED,
    VOID_BECAUSE,
    duplicate_copy,
    halt_issuing,
    recall_return,
    refuse,
    remember_refusal,
    resume_issuing,
    settle,
    void,
)
from remanu.release.actions.signing import (
    REVOKED_BECAUSE,
    SUPERSEDED_BECAUSE,
    release,
    revoke_release,
    supersede,
)
from remanu.release.actions.submission import (
    DOWNGRADES,
    EXCEPTIONS,
    STATEMENTS,
    downgrade,
    regimes,
    send_back,
    submit,
    weaker,
)

__all__ = [
    "COPIED_BECAUSE",
    "DOWNGRADES",
    "EXCEPTIONS",
    "REFUSED",
    "REVOKED_BECAUSE",
    "STATEMENTS",
    "SUPERSEDED_BECAUSE",
    "VOID_BECAUSE",
    "downgrade",
    "duplicate_copy",
    "halt_issuing",
    "recall_return",
    "refuse",
    "regimes",
    "release",
    "remember_refusal",
    "resume_issuing",
    "revoke_release",
    "send_back",
    "settle",
    "submit",
    "supersede",
    "void",
    "weaker",
]
