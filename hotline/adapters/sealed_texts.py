"""A text as a part of an address: nobody can read it or make one up, and every process with the keyring can open it."""

import base64
import binascii

from hotline.adapters.vault import UnreadableError, Vault

ABOUT = b"address"


def seal(vault: Vault, text: str) -> str:
    """Letters, digits, - and _ only."""
    return base64.urlsafe_b64encode(vault.seal(text.encode(), ABOUT)).decode().rstrip("=")


def unseal(vault: Vault, sealed: str) -> str | None:
    """The text, or None for what we did not seal."""
    try:
        content = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        return vault.unseal(content, ABOUT).decode()
    except (binascii.Error, ValueError, UnreadableError):
        return None
