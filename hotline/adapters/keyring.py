"""The keyring as values: generations of keys, chains whose past can be destroyed. What may not enter: files, clocks.

A chain gives each day a key for the cases of one municipality. From a day's secret the next one follows, never the one
before: whoever throws away a day's secret and keeps the next has destroyed that day's key for good, and every machine
with a copy of the ring does so by itself and alike. The key of an old day that some case still needs stands by itself
in `days`, and goes when the last of its cases has gone.
"""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hotline.ports import TALKS

KEY_BYTES = 32
SINCE_EVER = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_LINE = "# hotline keyring 1"
ABOUT = (
    "# Whoever has this file and the database can read what people told. Keep no copy that outlives this file:",
    "# a copy of last year opens what has been destroyed since. It is changed by commands only.",
)


class KeyringError(ValueError):
    """HOTLINE_KEYS cannot be used; says why without showing it."""


def new_key() -> str:
    """A fresh value for HOTLINE_KEYS: 32 random bytes, base64url without padding."""
    return written(secrets.token_bytes(KEY_BYTES))


def written(key: bytes) -> str:
    """As it stands in HOTLINE_KEYS and in the file."""
    return base64.urlsafe_b64encode(key).decode().rstrip("=")


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


@dataclass(frozen=True)
class Chain:
    """The keys of one municipality's cases. `secret`: of the day `first`; no earlier one can be computed from it.

    `days`: keys of earlier days that some case still needs.
    """

    municipality: str
    first: date
    secret: bytes = field(repr=False)
    days: tuple[tuple[date, bytes], ...] = field(default=(), repr=False)

    def key_of(self, day: date) -> bytes | None:
        """None: that day's key has been destroyed."""
        if day < self.first:
            return dict(self.days).get(day)
        return derive(self._secret_of(day), f"day/{self.municipality}")

    def without(self, before: date, needed: Collection[date]) -> "Chain":
        """The keys of days before `before` are gone, but for those that are needed."""
        first = max(self.first, before)
        kept = {day: key for day in needed if day < first and (key := self.key_of(day)) is not None}
        return replace(self, first=first, secret=self._secret_of(first), days=tuple(sorted(kept.items())))

    def _secret_of(self, day: date) -> bytes:
        secret = self.secret
        for _ in range((day - self.first).days):
            secret = derive(secret, "next day")
        return secret


@dataclass(frozen=True)
class Generation:
    """What one rotation made. `root`: for all that lives for a day at most, and for keyed hashes.

    `begins`: from then on every process uses it; all must have read it by then.
    """

    name: str
    begins: datetime
    root: bytes = field(repr=False)
    chains: tuple[Chain, ...] = ()

    def chain_of(self, municipality: str) -> Chain | None:
        return next((chain for chain in self.chains if chain.municipality == municipality), None)

    @property
    def handed_down(self) -> bool:
        """From a ring without chains: what it locked may be locked in the older ways."""
        return self.begins == SINCE_EVER


@dataclass(frozen=True)
class Ring:
    """Generations, newest first. `fixed`: the value of a variable, which no command can change."""

    generations: tuple[Generation, ...]
    fixed: bool = False

    def current(self, now: datetime) -> Generation:
        """What is locked now is locked with this one."""
        return next((one for one in self.generations if one.begins <= now), self.generations[-1])

    def named(self, name: str) -> Generation | None:
        return next((one for one in self.generations if one.name == name), None)


def generation(root: bytes, begins: datetime, chains: Iterable[Chain] = ()) -> Generation:
    """Named after its root, which the name does not give away."""
    return Generation(hashlib.sha256(b"hotline generation" + root).hexdigest()[:8], begins, root, tuple(chains))


def new_generation(begins: datetime, municipalities: Iterable[str], first: date) -> Generation:
    """Fresh keys; `first`: of the oldest case that they shall lock."""
    chains = [Chain(one, first, secrets.token_bytes(KEY_BYTES)) for one in sorted({*municipalities, TALKS})]
    return generation(secrets.token_bytes(KEY_BYTES), begins, chains)


def with_chains(ring: Ring, municipalities: Iterable[str], first: date) -> Ring:
    """Fresh keys in the newest generation for municipalities that have none."""
    newest, *older = ring.generations
    missing = [one for one in sorted({*municipalities, TALKS}) if newest.chain_of(one) is None]
    fresh = [Chain(one, first, secrets.token_bytes(KEY_BYTES)) for one in missing]
    return replace(ring, generations=(replace(newest, chains=(*newest.chains, *fresh)), *older))


def fixed_ring(text: str) -> Ring:
    """Of keys with commas between them, newest first. Raises KeyringError."""
    keys = [read_key(part.strip()) for part in text.split(",") if part.strip()]
    if not keys:
        raise KeyringError("HOTLINE_KEYS is empty; make a key with `keys new`")
    return Ring(tuple(generation(key, SINCE_EVER) for key in keys), fixed=True)


def read_ring(text: str) -> Ring:
    """Of a keyring file. Raises KeyringError naming the line."""
    found: list[Generation] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            found = _with_line(found, *line.split())
        except (ValueError, TypeError, IndexError, OverflowError):
            raise KeyringError(f"HOTLINE_KEYS: line {number} of the keyring cannot be read") from None
    if not found:
        raise KeyringError("HOTLINE_KEYS names a file without a key; make one with `keys new --file`")
    return Ring(tuple(sorted(found, key=lambda one: one.begins, reverse=True)))


def _with_line(found: list[Generation], kind: str, name: str, when: str, secret: str) -> list[Generation]:
    """Key NAME BEGINS ROOT · chain MUNICIPALITY FIRST SECRET · day MUNICIPALITY DAY KEY, below their generation."""
    key = read_key(secret)
    if kind == "key":
        return [*found, generation(key, datetime.fromisoformat(when).astimezone(UTC))]
    *above, last = found
    if kind == "chain":
        return [*above, replace(last, chains=(*last.chains, Chain(name, date.fromisoformat(when), key)))]
    if kind != "day" or last.chains[-1].municipality != name:
        raise ValueError(kind)
    *others, chain = last.chains
    chain = replace(chain, days=(*chain.days, (date.fromisoformat(when), key)))
    return [*above, replace(last, chains=(*others, chain))]


def ring_text(ring: Ring) -> str:
    """As `read_ring` reads it."""
    lines = [FIRST_LINE, *ABOUT]
    for one in ring.generations:
        lines.append(f"key {one.name} {one.begins.isoformat()} {written(one.root)}")
        for chain in one.chains:
            lines.append(f"chain {chain.municipality} {chain.first} {written(chain.secret)}")
            lines += [f"day {chain.municipality} {day} {written(key)}" for day, key in chain.days]
    return "\n".join([*lines, ""])


# Two machines' clocks, and a case that is filed at midnight: the keys of the last days are never touched.
MARGIN = timedelta(days=2)


def forgotten(ring: Ring, municipality: str, needed: Collection[tuple[str, date]], today: date) -> Ring:
    """The ring without the keys that no case of this municipality needs. `needed`: (generation's name, day)."""

    def rest(one: Generation) -> Generation:
        days = {day for name, day in needed if name == one.name}
        return replace(
            one,
            chains=tuple(
                chain.without(today - MARGIN, days) if chain.municipality == municipality else chain
                for chain in one.chains
            ),
        )

    return replace(ring, generations=tuple(map(rest, ring.generations)))


def destroyed(before: Ring, after: Ring, municipality: str) -> int:
    """How many days' keys `before` had and `after` has not."""
    count = 0
    for one in before.generations:
        old, now = one.chain_of(municipality), after.named(one.name)
        new = now.chain_of(municipality) if now else None
        if old and new:
            span = [old.first + timedelta(days=n) for n in range((new.first - old.first).days)]
            count += sum(new.key_of(day) is None for day in [*span, *(day for day, _ in old.days)])
    return count
