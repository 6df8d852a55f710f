"""Doors: a request becomes a value, a value becomes an answer. No SQL and no carrier in here."""
