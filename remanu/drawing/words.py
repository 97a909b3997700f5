"""Fixed words of labels in their three languages, read from `labels/words.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from remanu.config import resource


@lru_cache(maxsize=1)
def _spoken() -> Mapping[str, Any]:
    return tomllib.loads((resource("labels") / "words.toml").read_text("utf-8"))


def printed_words(*path: str) -> Mapping[str, Any]:
    """What stands under these headings of the file."""
    found: Any = _spoken()
    for part in path:
        found = found[part]
    words: Mapping[str, Any] = found
    return words
