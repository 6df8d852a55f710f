"""Seals what people said, and makes keyed hashes to look things up by. What may not enter: SQL, settings, files.

Everything is sealed with AES-256-GCM under keys derived (HKDF-SHA256) from a ring kept outside the database. Each case
has a random key of its own, wrapped by a key of its municipality and of the day on which it was filed. That day's key
is destroyed when no case needs it any more: then the case is unreadable in every backup of the database, too. What
is said before there is a case is sealed with a key of the day, destroyed days later.
With a ring that stands in a variable there are no days: one key of the municipality wraps all, and none is destroyed.
"""

import hmac
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hotline.ports import TALKS

from .keyring import KEY_BYTES, Generation, KeyringError, Ring, derive, new_key
from .keyring_file import FixedKeys, Keys
from .system_clock import SystemClock

__all__ = ["CaseKey", "KeyringError", "UnreadableError", "Vault", "new_key"]

NONCE_BYTES = 12
TODAY = (timedelta(),)
# An answer lives for a day, a conversation for little more, and another machine's clock may be ahead.
LATELY = tuple(timedelta(days=days) for days in (0, -1, 1, -2))
CONVERSATIONS = "conversations"
LOOKUPS = "lookups"


class UnreadableError(Exception):
    """No key of the ring opens this, or it has been changed."""


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
    """Opens one case and nothing else. `wrapped`: as it is stored. `name`: of the key that wrapped it, "" for none.

    What is sealed under a named key is bound to its column and its row; what is not named is as the release before
    sealed it, which must be able to open it.
    """

    wrapped: bytes = field(repr=False)
    key: bytes = field(repr=False)
    reference: str
    name: str = ""

    def seal(self, content: str, kind: str, row: bytes = b"") -> bytes:
        return seal(self.key, content.encode(), self._about(kind, row) if self.name else self._about(kind))

    def unseal(self, sealed: bytes, kind: str, row: bytes = b"") -> str:
        try:
            return unseal((self.key,), sealed, self._about(kind, row)).decode()
        except UnreadableError:
            return unseal((self.key,), sealed, self._about(kind)).decode()

    def _about(self, kind: str, row: bytes = b"") -> bytes:
        return f"{kind}/{self.reference}".encode() + (b"/" + row if row else b"")


class Vault:
    """One ring and the keys derived from it (each derived once while the ring stays as it is)."""

    def __init__(self, keys: str | Keys, now: Callable[[], datetime] | None = None) -> None:
        """`keys`: as in HOTLINE_KEYS, but no path. Raises KeyringError."""
        self._keys = FixedKeys(keys) if isinstance(keys, str) else keys
        self._now = now or SystemClock().now
        self._known: tuple[Ring, dict[tuple[str, str], bytes]] = (self._keys.ring(), {})

    @property
    def ring(self) -> Ring:
        return self._keys.ring()

    @property
    def current(self) -> Generation:
        """What is sealed now is sealed with this."""
        return self.ring.current(self._now())

    def seal(self, content: bytes, about: bytes) -> bytes:
        """For what belongs to a conversation, before there is a case: with a key of this day, where there are days."""
        key = next(self._talk_keys(self.current, TODAY))
        return seal(key, content, about)

    def unseal(self, sealed: bytes, about: bytes) -> bytes:
        keys = (key for one in self.ring.generations for key in self._talk_keys(one, LATELY))
        return unseal(keys, sealed, about)

    def _talk_keys(self, one: Generation, days: Iterable[timedelta]) -> Iterator[bytes]:
        """Of so many days from now; last the one of a ring that has no days for conversations."""
        chain, today = one.chain_of(TALKS), self._now().astimezone(UTC).date()
        if chain is not None:
            for day in days:
                yield from self._day_key(TALKS, f"{one.name}/{max(today + day, chain.first)}")
        yield self._key(one, CONVERSATIONS)

    def lookup(self, kind: str, *parts: str, owner: str = "") -> bytes:
        """The keyed hash to store something under. `owner`: the municipality whose key makes it."""
        return self._hash(self._lookup_key(self.ring, owner), kind, parts)

    def lookups(self, kind: str, *parts: str, owner: str = "") -> list[bytes]:
        """Every keyed hash that it may be stored under, whichever key of the ring made it: first that of now."""
        return [self._hash(key, kind, parts) for key in self._lookup_keys(owner)]

    def _lookup_key(self, ring: Ring, owner: str) -> bytes:
        if ring.fixed:
            # The oldest, so that a key can be put in front while processes with the old value still run beside it.
            return self._key(ring.generations[-1], LOOKUPS)
        return self._key(self.current, f"{LOOKUPS}/{owner}")

    def _lookup_keys(self, owner: str) -> Iterable[bytes]:
        ring = self.ring
        every = [self._lookup_key(ring, owner)]
        for one in ring.generations:
            if not ring.fixed:
                every.append(self._key(one, f"{LOOKUPS}/{owner}"))
            if one.handed_down:
                every.append(self._key(one, LOOKUPS))
        return dict.fromkeys(every)

    def new_case(self, municipality: str, reference: str, filed_at: datetime) -> CaseKey:
        """Raises KeyringError when the ring has no key for this municipality."""
        return self._wrapped(secrets.token_bytes(KEY_BYTES), municipality, reference, filed_at)

    def rewrapped(self, key: CaseKey, municipality: str, filed_at: datetime) -> CaseKey:
        """The same key of the case, wrapped with what wraps new ones."""
        return self._wrapped(key.key, municipality, key.reference, filed_at)

    def case(self, wrapped: bytes, municipality: str, reference: str, name: str | None) -> CaseKey:
        """The key of a stored case. Raises UnreadableError."""
        if name:
            key = unseal(self._day_key(municipality, name), wrapped, f"{name}/{reference}".encode())
        else:
            handed_down = [one for one in self.ring.generations if one.handed_down]
            keys = [self._key(one, f"cases/{municipality}") for one in handed_down]
            key = unseal(keys, wrapped, reference.encode())
        return CaseKey(wrapped, key, reference, name or "")

    def _wrapped(self, key: bytes, municipality: str, reference: str, filed_at: datetime) -> CaseKey:
        ring, current = self.ring, self.current
        if ring.fixed:
            outer = self._key(ring.generations[0], f"cases/{municipality}")
            return CaseKey(seal(outer, key, reference.encode()), key, reference)
        chain = current.chain_of(municipality)
        if chain is None:
            raise KeyringError(f"HOTLINE_KEYS: the keyring has no key for {municipality}: `keys add {municipality}`")
        # A clock that went back must not lose a report: where that day's key is gone, the earliest one serves.
        day = max(filed_at.astimezone(UTC).date(), chain.first)
        name = f"{current.name}/{day}"
        (outer,) = self._day_key(municipality, name)
        return CaseKey(seal(outer, key, f"{name}/{reference}".encode()), key, reference, name)

    def _day_key(self, municipality: str, name: str) -> tuple[bytes, ...]:
        generation, _, day = name.partition("/")
        found = self.ring.named(generation)
        chain = found.chain_of(municipality) if found else None
        if chain is None:
            return ()
        known = self._derived()
        if (municipality, name) not in known:
            key = chain.key_of(date.fromisoformat(day))
            if key is None:
                return ()
            known[municipality, name] = key
        return (known[municipality, name],)

    def _key(self, one: Generation, purpose: str) -> bytes:
        known = self._derived()
        if (one.name, purpose) not in known:
            known[one.name, purpose] = derive(one.root, purpose)
        return known[one.name, purpose]

    def _derived(self) -> dict[tuple[str, str], bytes]:
        """Of a ring that has changed nothing is remembered: a destroyed key must not live on in here."""
        ring, derived = self._known
        if self._keys.ring() is not ring:
            ring, derived = self._known = (self._keys.ring(), {})
        return derived

    @staticmethod
    def _hash(key: bytes, kind: str, parts: Iterable[str]) -> bytes:
        return hmac.digest(key, "\x00".join((kind, *parts)).encode(), "sha256")
