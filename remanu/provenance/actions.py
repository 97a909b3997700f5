"""Acts of provenance."""
