"""Tables of printing: the printers of an organisation, and what is on its way to one of them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table


class Printer(Base):
    """A printer: `outlet` is what the operator calls one that takes ZPL over the network, else empty.

    Shifts are millimetres and scales ratios, as text of decimals (rules.calibration).
    """

    __tablename__ = "printer"
    __table_args__ = table("view", sa.PrimaryKeyConstraint("org_id", "id"))
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    name: Mapped[str] = column("internal")
    driver: Mapped[str] = column("internal")
    outlet: Mapped[str] = column("internal")
    dpi: Mapped[int] = column("internal")
    media: Mapped[str] = column("internal")
    shift_x: Mapped[str] = column("internal")
    shift_y: Mapped[str] = column("internal")
    scale_x: Mapped[str] = column("internal")
    scale_y: Mapped[str] = column("internal")
    calibrated_at: Mapped[datetime | None] = column("internal")
    added_at: Mapped[datetime] = column("internal")
    retired_at: Mapped[datetime | None] = column("internal")


class PrintJob(Base):
    """Labels that somebody sent to a printer: running, stopped, or done; `why` says what stopped it."""

    __tablename__ = "print_job"
    __table_args__ = table(
        "working",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.Index("ix_print_job_org_id_asked_at", "org_id", "asked_at"),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    printer_id: Mapped[str] = column("internal")
    asked_by: Mapped[str] = column("internal")
    asked_at: Mapped[datetime] = column("internal")
    state: Mapped[str] = column("internal")
    why: Mapped[str | None] = column("internal")


class PrintLine(Base):
    """One label of a print job: queued, sending, sent, refused, or unknown where nobody can say whether it came out.

    From `sending` on it keeps what its bytes show: printer by name, stock, drawing, and words as JSON. `decision` is
    what a member said last of a label in doubt: came-out or did-not.
    """

    __tablename__ = "print_line"
    __table_args__ = table(
        "working",
        sa.PrimaryKeyConstraint("org_id", "print_job_id", "no"),
        sa.Index("ix_print_line_org_id_label_id", "org_id", "label_id"),
    )
    org_id: Mapped[str] = column("internal")
    print_job_id: Mapped[str] = column("internal")
    no: Mapped[int] = column("internal")
    label_id: Mapped[str] = column("internal")
    state: Mapped[str] = column("internal")
    why: Mapped[str | None] = column("internal")
    printer: Mapped[str | None] = column("internal")
    media: Mapped[str | None] = column("internal")
    template: Mapped[str | None] = column("internal")
    words: Mapped[str | None] = column("internal")
    decision: Mapped[str | None] = column("internal")
    decided_by: Mapped[str | None] = column("personal")
    decided_at: Mapped[datetime | None] = column("internal")
