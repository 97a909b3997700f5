"""Reading intake."""
