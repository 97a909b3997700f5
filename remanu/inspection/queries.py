"""Reading inspection."""
