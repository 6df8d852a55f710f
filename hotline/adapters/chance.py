"""Unguessable values from the system's own source of chance."""

import secrets

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no 0 O 1 I: read aloud and typed by people


class SystemChance:
    """Implements ports.Chance."""

    def reference(self) -> str:
        return "".join(secrets.choice(LETTERS) for _ in range(4))

    def token(self) -> str:
        return secrets.token_urlsafe(24)

    def code(self) -> str:
        return f"{secrets.randbelow(10**6):06}"
