"""Cited files as part of what is typed."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from remanu.parts.events import Cited
from remanu.web import shape
from remanu.web.words import N_


class Evidence(fields.List[Any]):
    """Cited files as bodies of events hold them; on pages an upload control."""

    def __init__(self, **options: Any) -> None:
        """Optional unless `required` is given."""
        given = {"label": N_("Photos or documents"), **options.pop("metadata", {})}
        if not options.get("required"):
            options["load_default"] = ()
        super().__init__(fields.Nested(shape.CitedFile), metadata={"widget": "files", **given}, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        given: Any = super()._deserialize(value, attr, data, **more)
        return tuple(Cited(**one) for one in given)


class Kept(Schema):
    """A file that an act may cite; one that no act cites goes after a day."""

    digest = fields.String()
    media_type = fields.String()
    size = fields.Integer()
    shows = fields.String()
    receipt = fields.String()
