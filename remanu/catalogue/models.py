"""Tables of reference data."""
