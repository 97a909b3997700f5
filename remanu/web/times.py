"""Times as people read them: "3 hours ago" beside the exact moment, days in the reader's or the site's zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import dates
from flask import Flask
from markupsafe import Markup

from remanu.web.context import here, signed_in
from remanu.web.locale import conventions, current, gettext

_RECENT = timedelta(days=7)
_AT_ONCE = timedelta(seconds=45)


def zone(name: str | None = None) -> ZoneInfo:
    """The named zone, else the signed-in person's, else UTC; an unknown name counts as none."""
    try:
        return ZoneInfo(name or _own_zone())
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _own_zone() -> str:
    found = signed_in()
    return found.actor.zone if found else "UTC"


def day(moment: datetime | date | str, zone_name: str | None = None) -> str:
    """The calendar day of a moment in its zone: 14 Mar 2026."""
    value = _read(moment)
    local = value.astimezone(zone(zone_name)).date() if isinstance(value, datetime) else value
    return dates.format_date(local, "medium", locale=conventions(current()))


def exact(moment: datetime | str, zone_name: str | None = None) -> str:
    """Day, minute and offset from UTC of a moment in its zone."""
    pattern = "y-MM-dd HH:mm 'UTC'xxx"
    return dates.format_datetime(_instant(moment), pattern, tzinfo=zone(zone_name), locale="en")


def ago(moment: datetime | str) -> str:
    """How long since a moment, or until it: 3 hours ago, in 2 days."""
    passed = _instant(moment) - here().database.clock.now()
    if abs(passed) < _AT_ONCE:
        return gettext("just now")
    return dates.format_timedelta(passed, add_direction=True, locale=conventions(current()))


def when(moment: datetime | str, zone_name: str | None = None) -> Markup:
    """A time element: in words within a week, else the day; the exact moment on hold or hover."""
    value = _instant(moment)
    near = abs(here().database.clock.now() - value) < _RECENT
    words = ago(value) if near else day(value, zone_name)
    shown = (value.isoformat(), exact(value, zone_name), words)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(*shown)


def typed_now(zone_name: str | None = None) -> str:
    """The present minute as a form sends it back: ISO 8601 with its offset."""
    return here().database.clock.now().astimezone(zone(zone_name)).isoformat(timespec="minutes")


def install(app: Flask) -> None:
    """Give templates the filters `day`, `exact`, `ago`, `when` and the function `typed_now()`."""
    app.jinja_env.filters.update(day=day, exact=exact, ago=ago, when=when)
    app.jinja_env.globals["typed_now"] = typed_now


def _instant(moment: datetime | str) -> datetime:
    return datetime.fromisoformat(moment) if isinstance(moment, str) else moment


def _read(moment: datetime | date | str) -> datetime | date:
    if not isinstance(moment, str):
        return moment
    return datetime.fromisoformat(moment) if "T" in moment else date.fromisoformat(moment)
