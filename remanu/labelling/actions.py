"""Acts of labels."""
