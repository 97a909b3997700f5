"""The table of work on site: what is locked out, and the surroundings at the beginning."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table
from remanu.intake.models.arrival import of_case


class SiteWork(Base):
    """Equipment that is worked on where it stands; `energies` are locked out until `lifted_at`, by spaces.

    Temperature in degrees Celsius and relative humidity in per cent are those of the baseline.
    """

    __tablename__ = "site_work"
    __table_args__ = table("view", *of_case(sa.PrimaryKeyConstraint("org_id", "case_id")))
    org_id: Mapped[str] = column("internal")
    case_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    energies: Mapped[str] = column("public")
    temperature: Mapped[str] = column("public")
    humidity: Mapped[str] = column("public")
    accepted_at: Mapped[datetime] = column("public")
    lifted_at: Mapped[datetime | None] = column("public")
