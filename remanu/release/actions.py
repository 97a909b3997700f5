"""Acts of release."""
