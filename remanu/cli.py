"""The commands: what an operator can do, each handed to the module that does it."""

from __future__ import annotations

import click


@click.group()
def main() -> None:
    """Certification, mutual recognition and provenance of remanufactured products."""
