"""Reading labels."""
