"""Reading restoration."""
