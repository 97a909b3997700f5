"""What tables about a component in a case have in common."""

from __future__ import annotations

import sqlalchemy as sa


def of_case(*more: sa.schema.SchemaItem) -> tuple[sa.schema.SchemaItem, ...]:
    """Their key, and references that a component of another organisation cannot satisfy."""
    return (
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.ForeignKeyConstraint(["org_id", "item_id"], ["item.org_id", "item.id"]),
        sa.ForeignKeyConstraint(["org_id", "case_id"], ["reman_case.org_id", "reman_case.id"]),
        *more,
    )
