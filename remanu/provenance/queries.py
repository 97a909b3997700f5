"""Reading provenance."""
