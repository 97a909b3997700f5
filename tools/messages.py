"""Collect the sentences of templates and modules into the catalogues, keep what is translated, name what is not.

`python tools/messages.py` merges and prints what is missing; `--check` writes nothing and exits with 1 when a
sentence lacks a translation, when a translation has other placeholders, or when one stands there that nobody says.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from remanu.rules.guards import GUARDS
from remanu.rules.states import STATES

ROOT = Path(__file__).parent.parent
LOCALES = ("zh_Hans", "zh_Hant")
_METHODS = [("**.html", "jinja2"), ("**.py", "python")]
_OPTIONS = {"**.html": {"extensions": "jinja2.ext.i18n", "silent": "false", "newstyle_gettext": "true"}}
_KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%|%")
_SKIPPED = ("static", "translations", "__pycache__")


def main() -> int:
    """Merge or check."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--check", action="store_true", help="write nothing; exit with 1 when something is missing")
    check = options.parse_args().check
    said = collect(ROOT)
    faults = []
    for locale in LOCALES:
        merged = merge(said, path_of(ROOT, locale), locale)
        faults += [f"{locale}: {fault}" for fault in faults_of(merged)]
        if not check:
            path_of(ROOT, locale).write_bytes(written(merged))
        elif written(merged) != path_of(ROOT, locale).read_bytes():
            faults.append(f"{locale}: the catalogue differs from the sources; run tools/messages.py")
    print("\n".join(faults) or f"{len(said)} sentences, all of them in {len(LOCALES)} more scripts.")
    return 1 if faults else 0


def path_of(root: Path, locale: str) -> Path:
    """Where the catalogue of a locale stands."""
    return root / "remanu" / "translations" / locale / "LC_MESSAGES" / "messages.po"


def collect(root: Path) -> Catalog:
    """Every sentence that pages may show: of templates, of modules, and of the pure tables that mark none."""
    said = Catalog(charset="utf-8", fuzzy=False)
    for folder in ("templates", "remanu"):
        for message, context in _found(root / folder):
            if message and message != ("", ""):
                said.add(message, context=context)
    for sentence in [*(one.meaning for one in STATES.values()), *(one.meaning for one in GUARDS.values())]:
        said.add(sentence)
    return said


def _found(folder: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    entries = extract_from_dir(
        folder,
        method_map=_METHODS,
        options_map=_OPTIONS,
        keywords=_KEYWORDS,
        directory_filter=lambda path: Path(path).name not in _SKIPPED,
    )
    return ((message, context) for _, _, message, _, context in entries)


def merge(said: Catalog, path: Path, locale: str) -> Catalog:
    """The catalogue for what is said now, with the translations that stand in the file."""
    with path.open("rb") as source:
        known = read_po(source, locale=locale)
    merged = Catalog(locale=locale, charset="utf-8", fuzzy=False, project="remanu", header_comment="")
    merged.mime_headers = [header for header in known.mime_headers if header[0] in _HEADERS]
    for message in said:
        if message.id:
            before = known.get(_key(message.id))
            merged.add(message.id, string=before.string if before else "")
    return merged


_HEADERS = {"Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"}


def _key(message: str | tuple[str, ...] | list[str]) -> str:
    return message if isinstance(message, str) else message[0]


def written(catalogue: Catalog) -> bytes:
    """The catalogue as its file: sorted, without places or dates, so that only words change it."""
    out = io.BytesIO()
    write_po(out, catalogue, width=0, no_location=True, omit_header=False, sort_output=True)
    lines = [one for one in out.getvalue().decode().splitlines() if not one.startswith(_DATED)]
    return ("\n".join(lines).strip() + "\n").encode()


_DATED = tuple(
    f'"{name}'
    for name in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Generated-By",
        "Last-Translator",
        "Language-Team",
        "Project-Id",
        "Report-Msgid",
    )
)


def faults_of(catalogue: Catalog) -> list[str]:
    """Sentences without translation, and translations whose placeholders are not those of the sentence."""
    return [fault for message in catalogue if message.id for fault in _faults(message)]


def _faults(message: Message) -> Iterator[str]:
    forms = _each(message.string or "")
    if not all(forms):
        yield f"not translated: {_key(message.id)!r}"
        return
    wanted = {name for one in _each(message.id) for name in _placeholders(one)}
    for form in forms:
        if set(_placeholders(form)) - wanted:
            yield f"asks for what is not given: {form!r}"


def _each(said: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """The forms of a sentence: one, or singular and plural."""
    return (said,) if isinstance(said, str) else tuple(said)


def _placeholders(text: str) -> list[str]:
    return [match.group(1) or match.group(0) for match in _PLACEHOLDER.finditer(text) if match.group(0) != "%%"]


if __name__ == "__main__":
    sys.exit(main())
