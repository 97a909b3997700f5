"""Fetch the files of others that pages load again, by `npm pack`, and check each against VENDOR.toml.

`python tools/vendor.py` replaces the files below remanu/static/vendor and stops at the first digest that differs;
`--trust` writes the digests of what was fetched into VENDOR.toml instead, after somebody has read the changes.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "remanu" / "static" / "vendor"
LIST = FOLDER / "VENDOR.toml"


def main() -> int:
    """Fetch, check, write."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--trust", action="store_true", help="write the digests instead of checking them")
    trust = options.parse_args().trust
    for package in tomllib.loads(LIST.read_text("utf-8"))["package"]:
        with tempfile.TemporaryDirectory() as folder:
            packed = _fetch(package, Path(folder))
            for file in package["file"]:
                faults = _place(packed / file["packed"], file, trust=trust)
                if faults:
                    print(f"{file['path']}: {faults}")
                    return 1
    print("Every file is what VENDOR.toml says.")
    return 0


def _fetch(package: dict[str, Any], folder: Path) -> Path:
    wanted = f"{package['name']}@{package['version']}"
    subprocess.run(["npm", "pack", "--silent", wanted], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    return folder / "package"


def _place(source: Path, file: dict[str, str], *, trust: bool) -> str:
    """Copy one file with its cut made; what is wrong with it, or nothing."""
    content = source.read_bytes()
    ours = cut(content, file.get("cut"))
    if trust:
        _note(file["path"], packed_sha256=digest(content), sha256=digest(ours))
    elif (digest(content), digest(ours)) != (file.get("packed_sha256"), file.get("sha256")):
        return "its digest differs from VENDOR.toml"
    target = FOLDER / file["path"]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(ours)
    return ""


def cut(content: bytes, pattern: str | None) -> bytes:
    """The content without the one place that matches the pattern; ValueError when it is not exactly one."""
    if pattern is None:
        return content
    left, places = re.subn(pattern.encode(), b"", content)
    if places != 1:
        raise ValueError(f"{pattern!r} matches {places} places")
    return left


def digest(content: bytes) -> str:
    """SHA-256 as hex."""
    return hashlib.sha256(content).hexdigest()


def _note(path: str, **digests: str) -> None:
    """Write digests behind the file's path in VENDOR.toml, in place of former ones."""
    text = LIST.read_text("utf-8")
    head, entry = text.split(f'path = "{path}"\n')
    for name in digests:
        former = re.compile(rf'\A((?:(?!\n\n).)*?)^{name} = "[0-9a-f]*"\n', re.DOTALL | re.MULTILINE)
        entry = former.sub(r"\1", entry, count=1)
    lines = "".join(f'{name} = "{value}"\n' for name, value in digests.items())
    LIST.write_text(f'{head}path = "{path}"\n{lines}{entry}', "utf-8")


if __name__ == "__main__":
    sys.exit(main())
