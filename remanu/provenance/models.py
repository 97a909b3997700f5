"""Tables of provenance."""
