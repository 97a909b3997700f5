"""${message}

Rules for a revision that goes to running installations:
1. A landed revision is never edited; what was wrong with it is put right by the next one.
2. It runs in one transaction under the old program's data: new columns are nullable or have a default, and
   nothing is renamed or dropped in the release that stops using it, but in the one after.
3. Tables of class record are never rewritten: event bytes and leaf hashes are the same before and after.
4. It runs on SQLite and PostgreSQL alike; what only one engine understands stands behind the dialect's name.
5. A view that changes its shape is dropped, made anew, and filled by `remanu rebuild`; say so in the change log.
6. `downgrade` keeps data or refuses.
7. No import from the program: its models move on, this file does not.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "${up_revision}"
down_revision = ${'"%s"' % down_revision if down_revision else None}
branch_labels = None
depends_on = None
${imports if imports else ""}

def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
