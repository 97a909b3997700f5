"""What acts on parts are about, shapes of what is typed of parts, and their table of verbs."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy.engine import Connection

from remanu.parts import queries
from remanu.parts.queries import CaseView
from remanu.web.acts import On, Verb


def _no_case(_connection: Connection, _org_id: str, _target_id: str) -> None:
    """A verb that begins a case has nothing to find."""


def _page_of_case(case: CaseView | None) -> str:
    return url_for("parts.home") if case is None else url_for("parts.part", item_id=case.item.id)


def _page_of_item(item: Any) -> str:
    return url_for("parts.part", item_id=item.id)


ON_CASE = On("cases/<target_id>", queries.find_case, lambda case: str(case.state), _page_of_case)
ON_NEW_CASE = On("cases", _no_case, lambda _case: "", _page_of_case)
ON_ITEM = On("parts/<target_id>", queries.find_item, lambda item: str(item.condition), _page_of_item)

VERBS: tuple[Verb, ...] = ()
