"""Tables of restoration."""
