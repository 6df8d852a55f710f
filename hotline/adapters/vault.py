"""The keyring: seals what people said, and makes keyed hashes to look things up by. What may not enter: SQL, settings.

Everything is sealed with AES-256-GCM under keys derived (HKDF-SHA256) from a ring kept outside the database. Each case
has a random key of its own, wrapped by a key of its municipality: destroy the wrapped key and the case is unreadable,
in backups too. Sealing uses the newest key of the ring; unsealing tries all. Keyed hashes use the oldest, so that a
new key can be put in front while processes with the old ring still run beside it.
"""

import base64
import binascii
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
CONVERSATIONS = "conversations"
LOOKUPS = "lookups"


class KeyringError(ValueError):
    """HOTLINE_KEYS cannot be used; says why without showing it."""


class UnreadableError(Exception):
    """No key of the ring opens this, or it has been changed."""


def new_key() -> str:
    """A fresh value for HOTLINE_KEYS: 32 random bytes, base64url without padding."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode().rstrip("=")


def read_keys(text: str) -> tuple[bytes, ...]:
    """The ring, newest first. Raises KeyringError."""
    return tuple(read_key(part.strip()) for part in text.split(",") if part.strip())


def read_key(text: str) -> bytes:
    """One key of the ring, 32 bytes. Raises KeyringError."""
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise KeyringError("HOTLINE_KEYS holds a key that is not base64url; make one with `keys new`") from None
    if len(key) != KEY_BYTES:
        raise KeyringError(f"HOTLINE_KEYS holds a key of {len(key)} bytes, not {KEY_BYTES}; make one with `keys new`")
    return key


def derive(key: bytes, purpose: str) -> bytes:
    """A key for one purpose; knowing it tells nothing of the others."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"hotline/1/{purpose}".encode()).derive(key)


def seal(key: bytes, content: bytes, about: bytes) -> bytes:
    """Nonce and ciphertext; `about` says what it is, so that it cannot be moved to another row unnoticed."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, about)


def unseal(keys: Iterable[bytes], sealed: bytes, about: bytes) -> bytes:
    """The content. Raises UnreadableError."""
    for key in keys:
        try:
            return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about)
        except (InvalidTag, ValueError):
            continue
    raise UnreadableError(f"no key opens {about[:40]!r}")


@dataclass(frozen=True)
class CaseKey:
    """Opens one case and nothing else. `wrapped`: as it is stored."""

    wrapped: bytes = field(repr=False)
    key: bytes = field(repr=False)
    reference: str

    def seal(self, content: str, kind: str) -> bytes:
        return seal(self.key, content.encode(), f"{kind}/{self.reference}".encode())

    def unseal(self, sealed: bytes, kind: str) -> str:
        return unseal((self.key,), sealed, f"{kind}/{self.reference}".encode()).decode()


class Vault:
    """One ring and the keys derived from it (each derived once)."""

    def __init__(self, keys: str) -> None:
        """`keys`: as in HOTLINE_KEYS. Raises KeyringError."""
        self._ring = read_keys(keys)
        if not self._ring:
            raise KeyringError("HOTLINE_KEYS is empty; make a key with `keys new`")
        self._derived: dict[str, tuple[bytes, ...]] = {}

    def seal(self, content: bytes, about: bytes) -> bytes:
        """For what belongs to a conversation, before there is a case."""
        return seal(self._keys(CONVERSATIONS)[0], content, about)

    def unseal(self, sealed: bytes, about: bytes) -> bytes:
        return unseal(self._keys(CONVERSATIONS), sealed, about)

    def lookup(self, kind: str, *parts: str) -> bytes:
        """The keyed hash to store something under."""
        return self._hash(self._keys(LOOKUPS)[-1], kind, parts)

    def lookups(self, kind: str, *parts: str) -> list[bytes]:
        """Every keyed hash that it may be stored under, whichever key of the ring was the oldest then."""
        return [self._hash(key, kind, parts) for key in self._keys(LOOKUPS)]

    def new_case(self, municipality: str, reference: str) -> CaseKey:
        key = secrets.token_bytes(KEY_BYTES)
        wrapped = seal(self._keys(f"cases/{municipality}")[0], key, reference.encode())
        return CaseKey(wrapped, key, reference)

    def case(self, wrapped: bytes, municipality: str, reference: str) -> CaseKey:
        """The key of a stored case. Raises UnreadableError."""
        key = unseal(self._keys(f"cases/{municipality}"), wrapped, reference.encode())
        return CaseKey(wrapped, key, reference)

    def _keys(self, purpose: str) -> tuple[bytes, ...]:
        if purpose not in self._derived:
            self._derived[purpose] = tuple(derive(key, purpose) for key in self._ring)
        return self._derived[purpose]

    @staticmethod
    def _hash(key: bytes, kind: str, parts: Iterable[str]) -> bytes:
        return hmac.digest(key, "\x00".join((kind, *parts)).encode(), "sha256")
