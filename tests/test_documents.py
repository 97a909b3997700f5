"""The documents keep what they promise: links lead somewhere, commands exist, the buyer's check checks."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from remanu.cli import main
from tests.house import source
from tests.provenance import site
from tests.provenance.conftest import Told

DOCUMENTS = [source.ROOT / "README.md", source.ROOT / "CONTRIBUTING.md", *sorted((source.ROOT / "docs").rglob("*.md"))]
BUYER = (source.ROOT / "docs" / "buyer.md").read_text("utf-8")
EXAMPLE = source.ROOT / "docs" / "example"
_LINK = re.compile(r'\]\(([^)\s]+)\)|src="([^"]+)"')
# At the start of a line of code, or of code within a sentence.
_COMMAND = re.compile(r"(?:^ {4,}(?:\.venv/bin/)?|`)remanu ((?:[a-z]+ ?)+)((?:[^`\n#]*))", re.MULTILINE)
_OPTION = re.compile(r"--[a-z][a-z-]*")


def dead_links(path: Path, text: str) -> list[str]:
    """The relative links of a document that lead to no file."""
    links = [one or other for one, other in _LINK.findall(text)]
    own = [link.partition("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]
    return [link for link in own if not (path.parent / link).exists()]


def unknown_commands(text: str) -> Iterator[str]:
    """The commands and options that a document names and the program does not have."""
    for words, rest in _COMMAND.findall(text):
        yield from _unknown(words.split(), _OPTION.findall(rest))


def _unknown(words: list[str], options: list[str]) -> Iterator[str]:
    command: click.Command = main
    for word in words:
        if not isinstance(command, click.Group):
            break
        if word not in command.commands:
            yield " ".join(words)
            return
        command = command.commands[word]
    known = {name for one in command.params for name in one.opts}
    yield from (f"{' '.join(words)} {one}" for one in options if one not in {*known, "--help"})


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_relative_links_lead_somewhere(path):
    """Every relative link and picture of a document exists."""
    assert dead_links(path, path.read_text("utf-8")) == []


def test_a_dead_link_is_found():
    """The control: a link to nothing and a lost picture are named."""
    text = '[here](docs/nowhere.md#part) [there](https://example.org/x) <img src="docs/lost.svg">'
    assert dead_links(source.ROOT / "README.md", text) == ["docs/nowhere.md", "docs/lost.svg"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_named_commands_exist(path):
    """Every command of `remanu` in a document exists, with the options that stand beside it."""
    assert list(unknown_commands(path.read_text("utf-8"))) == []


def test_an_unknown_command_is_found():
    """The control: a lost command and a lost option are named, in a sentence and in a block."""
    text = "Run `remanu conjure` or\n\n    remanu verify --hard  # never --soft\n    remanu backup forget\n"
    assert list(unknown_commands(text)) == ["conjure", "verify --hard", "backup forget"]


def test_the_operator_reads_commands():
    """The control: commands are found where they stand."""
    text = (source.ROOT / "docs" / "operator.md").read_text("utf-8")
    assert len(_COMMAND.findall(text)) > 20


def program() -> str:
    """The program that the buyer's document tells him to save."""
    block = BUYER.partition("<!-- check.py -->\n\n")[2].partition("\n\n**3.")[0]
    return "".join(line[4:] + "\n" for line in block.split("\n"))


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    """What the buyer's program says in a folder; -P keeps ours off its path, and it imports nothing of ours."""
    (folder / "check.py").write_text(program(), "utf-8")
    return subprocess.run(
        [sys.executable, "-P", "check.py"], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def example(tmp_path):
    """The downloaded files that the document keeps."""
    for path in EXAMPLE.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def spoil(folder: Path, old: bytes, new: bytes) -> None:
    """Change what an event of the download says."""
    read = json.loads((folder / "events.json").read_text("utf-8"))
    for row in read["chains"][0]:
        row["canonical"] = base64.b64encode(base64.b64decode(row["canonical"]).replace(old, new)).decode()
    (folder / "events.json").write_text(json.dumps(read), "utf-8")


def test_the_worked_example_says_what_the_document_says(example):
    """The program of the document, over the files beside it, prints the lines that the document shows."""
    said = check(example)
    assert said.returncode == 0, said.stderr
    assert "".join(f"    {line}\n" for line in said.stdout.splitlines()) in BUYER


def test_the_example_is_told_byte_by_byte():
    """Commitments, place and leaf of the worked example are those of the files."""
    (proof,) = (json.loads(path.read_text("utf-8")) for path in EXAMPLE.glob("proof-*.json"))
    first, second = json.loads((EXAMPLE / "events.json").read_text("utf-8"))["chains"][0]
    assert all(f"`{one}`" in BUYER for one in (proof["event"], first["commitment"], second["commitment"]))
    assert f"log entry {proof['index']}." in " ".join(BUYER.split())


@pytest.mark.parametrize(
    ("old", "new"), [(b"6L-24817-2", b"6L-24817-3"), (b'"seq":1', b'"seq":2')], ids=["serial", "order"]
)
def test_a_changed_event_is_refused(example, old, new):
    """The control: the program ends with an error where an event is not what it was."""
    spoil(example, old, new)
    assert "AssertionError: an event is not what was committed to" in check(example).stderr


@pytest.mark.parametrize("name", ["checkpoint.txt", "key.txt"])
def test_another_signature_is_refused(example, name):
    """The control: neither another root nor another key passes."""
    path = example / name
    old, new = ("+Adjz", "+Adjy") if name == "key.txt" else ("sXkjFa", "sXkjFb")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    assert check(example).returncode == 1


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_released_part_is_checked_without_us(config, database, tmp_path):
    """Downloaded by the addresses of the document, a released part passes; with a changed certificate it does not."""
    told = Told(database).labelled()
    told.sign()
    browser, folder = site.browser(config, database), tmp_path / "download"
    folder.mkdir()
    _download(browser, told.code, folder)
    said = check(folder)
    assert said.returncode == 0, said.stderr
    assert re.search(r"(\d+) of \1 chains are in the log to their end", said.stdout)
    assert re.search(r"^certificate [0-9a-f]{64} binds \d+ chains$", said.stdout, re.MULTILINE)
    paper = folder / "certificate.json"
    paper.write_bytes(paper.read_bytes().replace(b'"life":1', b'"life":2'))
    assert "AssertionError: no event signed it" in check(folder).stderr


def _download(browser, code: str, folder: Path) -> None:
    kept = {"events.json": f"/{code}/events", "certificate.json": f"/{code}/certificate.json"}
    kept |= {"checkpoint.txt": "/log/checkpoint", "key.txt": "/log/key"}
    for chain in browser.get(f"/{code}/events").get_json()["chains"]:
        newest = chain[-1]["event"]
        kept[f"proof-{newest}.json"] = f"/{code}/proof/{newest}"
    for name, address in kept.items():
        answer = browser.get(address)
        assert answer.status_code == 200, address
        (folder / name).write_bytes(answer.data)
