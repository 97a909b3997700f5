"""Reading reference data."""
