"""What can happen to the drawings of an organisation: drafted, taken over from elsewhere, approved, retired."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from remanu.db import Tx
from remanu.labelling.models import LabelDesign
from remanu.ledger.kinds import Kind, Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignDrafted:
    """A drawing in the writing of `labels/templates/`, as JSON in millimetres; `digest` is the SHA-256 of that text.

    `side`, `share` and `rows` are what somebody wished, and empty where the drawing came from elsewhere.
    """

    name: str
    version: int
    kind: str
    media: str
    drawing: str
    digest: str
    side: str = ""
    share: str = ""
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignApproved:
    """Labels of this kind on this stock are drawn so from now on; `replaces` is the design that did so until now."""

    digest: str
    kind: str
    media: str
    replaces: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignRetired:
    """Nothing is drawn so any longer; what was printed stays as it is."""

    digest: str


def _draft(tx: Tx, done: Recorded[DesignDrafted]) -> None:
    values = asdict(done.body) | {"rows": ",".join(done.body.rows)}
    mine = {"org_id": done.org_id, "id": done.subject.id, "author": done.actor_ref, "drafted_at": done.at}
    tx.execute(sa.insert(LabelDesign).values(**mine, state="draft", **values))


def _approve(tx: Tx, done: Recorded[DesignApproved]) -> None:
    b = done.body
    if b.replaces is not None:
        _set(tx, done, b.replaces, state="superseded", occupies=None, retired_at=done.at)
    _set(tx, done, done.subject.id, state="approved", occupies=f"{b.kind}|{b.media}", approved_at=done.at)


def _retire(tx: Tx, done: Recorded[DesignRetired]) -> None:
    _set(tx, done, done.subject.id, state="retired", occupies=None, retired_at=done.at)


def _set(tx: Tx, done: Recorded[Any], design: str, **values: Any) -> None:
    mine = (LabelDesign.org_id == done.org_id, LabelDesign.id == design)
    tx.execute(sa.update(LabelDesign).where(*mine).values(**values))


DRAFT_DESIGN = Kind("labelling.draft_design", 1, DesignDrafted, _draft)
IMPORT_DESIGN = Kind("labelling.import_design", 1, DesignDrafted, _draft)
APPROVE_DESIGN = Kind("labelling.approve_design", 1, DesignApproved, _approve)
RETIRE_DESIGN = Kind("labelling.retire_design", 1, DesignRetired, _retire)
KINDS = (DRAFT_DESIGN, IMPORT_DESIGN, APPROVE_DESIGN, RETIRE_DESIGN)
