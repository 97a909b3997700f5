"""Tables of release."""
