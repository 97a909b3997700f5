"""`remanu labels export`: printed addresses live on as files that any web server can serve."""

from __future__ import annotations

import functools
import http.server
import json
import re
import threading
import urllib.request

import pytest
import sqlalchemy as sa

from remanu.provenance.models import ScanDay
from tests.accounts.place import founded
from tests.labelling.place import released


@pytest.fixture
def bench(database, config):
    """A label officer's bench with one released engine."""
    return released(founded(database, config))


@pytest.fixture
def copied(bench, run, tmp_path):
    """The label whose page was copied, and the folder of the copy."""
    label = bench.label(bench.active())
    done = run("labels", "export", "-o", str(tmp_path / "copy"))
    assert done.code == 0, done.err
    return label, tmp_path / "copy"


def test_another_server_serves_the_printed_address(copied):
    """The page of the label, in three languages, says that it is a copy; its style is there too."""
    label, folder = copied
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        origin = f"http://127.0.0.1:{server.server_port}"
        page = urllib.request.urlopen(f"{origin}/{label.payload.split('/', 3)[3]}/").read().decode()
        server.shutdown()
    assert re.search(r"A copy of \d{4}-\d\d-\d\d \d\d:\d\d\+00:00", page)
    assert "Diesel engine" in page
    assert 'href="index.zh-Hans.html"' in page
    style = page.split('<link rel="stylesheet" href="/', 1)[1].split("?", 1)[0]
    assert (folder / style).is_file()
    assert 'lang="zh-Hans"' in (folder / label.item_code / label.code / "index.zh-Hans.html").read_text("utf-8")


def test_what_it_takes_to_check_it_is_there(copied, bench):
    """The record as JSON, every public event with its proof, and the key; and a copy is no reading of a label."""
    label, folder = copied
    part = folder / label.item_code
    assert json.loads((part / "index.json").read_text("utf-8"))["item"]["code"] == label.item_code
    events = json.loads((part / "events").read_text("utf-8"))
    assert events
    assert (folder / "log" / "key").is_file()
    # What certificates carry in their symbol is an address too.
    assert "You read a paper" in (part / "PAPER" / "index.html").read_text("utf-8")
    with bench.place.database.reading() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(ScanDay)).scalar() == 0


def test_nothing_that_nobody_printed(bench, run, tmp_path):
    """A label that is only reserved has no page of its own, and its part has one."""
    label = bench.label(bench.reserve())
    assert run("labels", "export", "-o", str(tmp_path)).code == 0
    assert not (tmp_path / label.item_code / label.code).exists()
    assert (tmp_path / label.item_code / "index.html").is_file()
