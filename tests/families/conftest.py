"""What the tests of packs share: a copy of a pack with one passage replaced, and the data folder beside the project."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from remanu.errors import PackRefused
from remanu.families.loader import load

Refuse = Callable[..., tuple[object, object, object]]


@pytest.fixture
def planted(tmp_path: Path) -> Callable[..., Path]:
    """Write a copy of a pack with one passage replaced; the passage must be there."""

    def write(old: str, new: str, *, pack: str = "diesel-engine") -> Path:
        text = (files("remanu.families") / f"{pack}.toml").read_text(encoding="utf-8")
        assert old in text
        copy = tmp_path / f"{pack}.toml"
        copy.write_text(text.replace(old, new, 1), encoding="utf-8")
        return copy

    return write


@pytest.fixture
def refused(planted: Callable[..., Path]) -> Refuse:
    """Load a copy with one passage replaced, and say which file, path and reason the refusal names."""

    def read(old: str, new: str, *, pack: str = "diesel-engine") -> tuple[object, object, object]:
        with pytest.raises(PackRefused) as caught:
            load(planted(old, new, pack=pack))
        details = caught.value.details
        return details["file"], details["path"], details["why"]

    return read


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The data folder that may lie beside the project; without it the comparison is skipped and says so."""
    folder = Path(__file__).parents[3] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"NOT COMPARED: no data folder at {folder}; the vendored copies stand unchecked")
    return folder
