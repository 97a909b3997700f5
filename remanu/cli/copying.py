"""`remanu labels export`: every public page as files, which any web server can go on serving (labels.md §1.4)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from remanu.cli.manners import folder, settings, store
from remanu.rules import identity

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.engine import Connection

_LANGUAGES = {"en": "index.html", "zh-Hans": "index.zh-Hans.html", "zh-Hant": "index.zh-Hant.html"}
_BESIDE = ("events", "certificate.json", "certificate.pdf", "photo.webp")
_LOG = ("log/checkpoint", "log/key")
_FOUND = 200
_PAGE = 500


class _Silent:
    """Stands where readings and requests are counted: a copy is neither."""

    def count(self, *_: object) -> None:
        """Count nothing."""

    def settle(self, *_: object) -> None:
        """Write nothing."""

    def wait(self, *_: object, **__: object) -> int:
        """Let everything pass."""
        return 0


@click.command()
@folder
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write to; what is in it stays unless it is written again.",
)
def export(*, folder: Path | None, output: Path) -> None:
    """Write the public page of every part and printed label as files, with what it takes to check them.

    A web server that serves the folder under the label host keeps every printed address alive. Each page says of which
    moment it is a copy; forms of the live pages do not work in it.
    """
    from remanu import app as application

    config = settings(folder)
    with store(config) as database:
        app = application.create_app(config, database)
        client = _reader(app, database.clock.now())
        done = 0
        for address, name in _everything(database):
            done += _kept(client, address, output / name)
    static = Path(str(app.static_folder))
    shutil.copytree(static, output / "static", dirs_exist_ok=True)
    click.echo(f"{done} files in {output}")


def _reader(app: Any, now: datetime) -> Any:
    """A browser whose readings are not counted and whose pages say that they are copies."""
    from remanu.provenance.views.public import TALLY
    from remanu.web.limits import ASKED

    app.extensions[TALLY] = app.extensions[ASKED] = _Silent()
    app.jinja_env.globals["copied_at"] = now
    return app.test_client()


def _everything(database: Any) -> Iterator[tuple[str, str]]:
    """Each address with the file that it is kept in, part by part."""
    yield from ((f"/{one}", one) for one in _LOG)
    after = ""
    while True:
        with database.reading() as connection:
            codes = _codes(connection, after)
        for code in codes:
            with database.reading() as connection:
                addresses = list(_of_part(connection, code))
            yield from addresses
        if len(codes) < _PAGE:
            return
        after = codes[-1]


def _of_part(connection: Connection, code: str) -> Iterator[tuple[str, str]]:
    from remanu.provenance import queries

    found = queries.find(connection, code)
    for place in (code, f"{code}/{identity.PAPER}", *(f"{code}/{label}" for label in _labels(connection, code))):
        yield from ((f"/{place}?lang={lang}", f"{place}/{name}") for lang, name in _LANGUAGES.items())
    yield f"/{code}?format=json", f"{code}/index.json"
    yield from ((f"/{code}/{name}", f"{code}/{name}") for name in _BESIDE)
    for link in queries.read(connection, found.org_id, found.item_id).links if found else ():
        yield f"/{code}/proof/{link.id}", f"{code}/proof/{link.id}"


def _codes(connection: Connection, after: str) -> list[str]:
    import sqlalchemy as sa

    from remanu.parts.models import Code

    chosen = sa.select(Code.code).where(Code.code > after).order_by(Code.code).limit(_PAGE)
    return list(connection.execute(chosen).scalars())


def _labels(connection: Connection, code: str) -> list[str]:
    """The codes of the labels of a part that were printed."""
    import sqlalchemy as sa

    from remanu.labelling.models import Label

    printed = sa.select(Label.code).where(Label.item_code == code, Label.printed_at.is_not(None))
    return list(connection.execute(printed.order_by(Label.id)).scalars())


def _kept(client: Any, address: str, file: Path) -> int:
    """Write what the address answers; 0 where it answers that there is nothing, such as no certificate."""
    answer = client.get(address)
    if answer.status_code != _FOUND:
        answer.close()
        return 0
    content = answer.data
    if file.suffix == ".html":
        for language, name in _LANGUAGES.items():
            content = content.replace(f'href="?lang={language}"'.encode(), f'href="{name}"'.encode())
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return 1
