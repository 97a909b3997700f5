"""Product families as data: one TOML pack each, read strictly; no database and no web."""
