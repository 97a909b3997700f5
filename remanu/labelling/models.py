"""Tables of labels."""
