"""Acts of restoration."""
