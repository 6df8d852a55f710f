"""Tells somebody outside that the worker lives: when these calls stop, they alarm. Carries no content."""

import urllib.request

SECONDS = 5.0


def call_out(url: str) -> None:
    """Asks for the address and forgets the answer; nothing without an address. Raises OSError."""
    if not url:
        return
    with urllib.request.urlopen(url, timeout=SECONDS) as answer:  # noqa: S310 - only an https address passes the settings  # nosec B310
        answer.read(1)
