"""Unguessable values from the system's own source of chance."""

import secrets

# No 0 O 1 I: read aloud and typed by people. As many as divide a byte's 256 values, so that each is as likely.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class SystemChance:
    """Implements ports.Chance."""

    def reference(self) -> str:
        return "".join(LETTERS[byte % len(LETTERS)] for byte in secrets.token_bytes(4))

    def token(self) -> str:
        return secrets.token_urlsafe(24)

    def code(self) -> str:
        return f"{secrets.randbelow(10**6):06}"
