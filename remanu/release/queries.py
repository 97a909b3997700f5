"""Reading release."""
