"""Tables of intake."""
