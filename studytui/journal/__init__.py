"""SQLite: the only place that opens the database."""
