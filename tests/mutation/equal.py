"""Faults that change nothing anybody could notice, each with the reason: they are left out of the count."""

# (file, line, change) → why the program does the same
EQUAL: dict[tuple[str, str, str], str] = {}
