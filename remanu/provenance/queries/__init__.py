"""Reading provenance: what a code leads to, its record, whether it verifies, and the story it tells."""

from remanu.provenance.queries.find import Found, find
from remanu.provenance.queries.record import Record, read

__all__ = ["Found", "Record", "find", "read"]
