"""Commands about labels: what waits, what is needed, sheets and calibration pages as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from remanu.cli.manners import as_json, folder, organisation, settings, show, store

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from remanu.config import Config
    from remanu.labelling.queries import Row

_LOCALES = ("en", "zh-Hans", "zh-Hant")
output = click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="File to write."
)


@click.group()
def labels() -> None:
    """Labels: those that wait, parts that need one, sheets and calibration pages."""


@labels.command("list")
@folder
@organisation
@click.option(
    "--state", default="reserved", show_default=True, help="State of the labels: reserved, printed, applied …"
)
@as_json
def listed(*, folder: Path | None, organisation: str | None, state: str, as_json: bool) -> None:
    """Labels in one state, oldest first."""
    config = settings(folder)
    with store(config) as database, database.reading() as connection:
        rows = _all(connection, _org(connection, organisation), state)
    if as_json:
        names = ("id", "item_code", "code", "kind", "state", "media", "payload")
        show({"labels": [{name: getattr(row, name) for name in names} for row in rows]})
    for row in () if as_json else rows:
        click.echo(f"{row.item_code}/{row.code}  {row.kind:5}  {row.media:12}  {row.name}")


@labels.command()
@folder
@organisation
@click.option("--kind", type=click.Choice(["label", "tag"]), default="label", show_default=True)
@as_json
def needed(*, folder: Path | None, organisation: str | None, kind: Any, as_json: bool) -> None:
    """Parts here without a label, or in process without a tag; the longest wait first, a page of fifty."""
    from remanu.labelling import queries

    with store(settings(folder)) as database, database.reading() as connection:
        rows = queries.needing(connection, _org(connection, organisation), kind)
    if as_json:
        show({"parts": [{"code": one.case.code, "name": one.case.name, "last": one.last} for one in rows]})
    for one in () if as_json else rows:
        click.echo(f"{one.case.code}  {one.case.name}{f'  ({one.last})' if one.last else ''}")


@labels.command()
@folder
@organisation
@output
@click.option("--state", default="printed", show_default=True, help="State of the labels that go on it.")
@click.option("--stock", required=True, help="Name of the stock, such as a4-l7160.")
@click.option(
    "--start",
    default=1,
    show_default=True,
    type=click.IntRange(1),
    help="First free place on the first sheet.",
)
@click.option("--printer", help="Name of a printer whose calibration the sheet is drawn by.")
def sheet(
    *,
    folder: Path | None,
    organisation: str | None,
    output: Path,
    state: str,
    stock: str,
    start: int,
    printer: str | None,
) -> None:
    """Draw every label in a state on one stock, at most a thousand, as PDF; nothing is recorded by it.

    A printed label is drawn on the stock that it was printed on, and left out of any other.
    """
    from remanu.drawing.pdf import draw_pdf
    from remanu.errors import BadInput
    from remanu.labelling import queries

    config = settings(folder)
    with store(config) as database, database.reading() as connection:
        org_id = _org(connection, organisation)
        known = [row for row in _all(connection, org_id, state) if row.kind == "label"]
        rows = _together(known, stock)[:1000]
        if not rows:
            raise BadInput("state", "nothing-chosen")
        said = [_said(connection, row, config) for row in rows]
        bent = _bent(connection, org_id, printer)
        chosen = queries.stock_together(connection, rows, stock)
    output.write_bytes(draw_pdf(said, chosen.template, chosen.media, start=start, calibration=bent))
    click.echo(f"{len(rows)} labels in {output}")
    if left := len(known) - len(rows):
        why = "printed on another stock or by another drawing, or beyond the thousand"
        click.echo(f"{left} left out: {why}.", err=True)


@labels.command()
@output
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True)
@click.option("--language", type=click.Choice(_LOCALES), default="en", show_default=True)
def calibration(*, output: Path, paper: str, language: Any) -> None:
    """The page of crosses by which a printer is calibrated, as PDF."""
    from remanu.drawing.calibration import A4, LETTER, draw_calibration
    from remanu.labelling.views.printers import INSTRUCTIONS
    from remanu.web.locale import catalogue

    lines = [catalogue(language).gettext(one) for one in INSTRUCTIONS]
    output.write_bytes(draw_calibration(lines, locale=language, page={"a4": A4, "letter": LETTER}[paper]))
    click.echo(f"Print {output} in its actual size.")


def _org(connection: Connection, name: str | None) -> str:
    from remanu.accounts import queries

    return str(queries.organisation_meant(connection, name).org_id)


def _all(connection: Connection, org_id: str, state: str) -> list[Row]:
    from remanu.labelling import queries

    found: list[Row] = []
    while page := queries.labels_in(
        connection, org_id, frozenset({state}), after=found[-1].id if found else ""
    ):
        found += page
    return found


def _together(known: list[Row], stock: str) -> list[Row]:
    """What goes on one sheet of this stock: labels printed on it by one drawing, and those that are not printed yet."""
    drawn = next((row.template for row in known if row.printed_at is not None and row.media == stock), None)
    return [row for row in known if row.printed_at is None or (row.media == stock and row.template == drawn)]


def _said(connection: Connection, row: Row, config: Config) -> Any:
    from remanu.labelling import queries

    return queries.drawn(row, queries.words_of(connection, row), demonstration=config.demonstration)


def _bent(connection: Connection, org_id: str, name: str | None) -> Any:
    from remanu.errors import NotFound
    from remanu.labelling import queries
    from remanu.rules.calibration import PLAIN

    if name is None:
        return PLAIN
    known = [one for one in queries.printers(connection, org_id) if one.name == name]
    if not known:
        raise NotFound(what="printer")
    return queries.calibration_of(known[0])
