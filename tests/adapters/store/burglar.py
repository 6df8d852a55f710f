"""Somebody who has a dump of the database and the program, but no keyring. For tests only.

Tries every key that the dump itself or the program could hold. What is opened is recognised by what stands in it: the
seal's own check is passed by, so that nothing hangs on guessing what a sealed value is bound to.
"""

import hashlib
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR
from sqlalchemy import MetaData, create_engine, select

from hotline.adapters.keyring import KEY_BYTES, derive
from hotline.adapters.vault import CONVERSATIONS, LOOKUPS, NONCE_BYTES

OWN = ("smedjebacken", "hotline", "")
PURPOSES = (
    "next day",
    CONVERSATIONS,
    LOOKUPS,
    *(f"{kind}/{name}" for kind in (LOOKUPS, "cases", "day") for name in OWN),
)
TAG_BYTES = 16
HEXADECIMAL = re.compile(r"\b(?:[0-9a-f]{64})\b")
PLAIN = ("sha256", "sha1", "md5", "blake2b", "sha512")


def cells_of(url: str) -> list[bytes]:
    """Every value of every row, as bytes; what is written in hexadecimal also as what it stands for."""
    engine, tables, found = create_engine(url), MetaData(), list[bytes]()
    with engine.connect() as connection:
        tables.reflect(connection)
        rows = [row for table in tables.tables.values() for row in connection.execute(select(table)).all()]
    engine.dispose()
    for cell in (cell for row in rows for cell in row if cell is not None):
        content = bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
        found += [content, *map(bytes.fromhex, HEXADECIMAL.findall(cell) if isinstance(cell, str) else ())]
    return found


@dataclass
class Burglar:
    """`cells`: the dump. `more`: keys that somebody gave away."""

    cells: list[bytes]
    more: tuple[bytes, ...] = ()

    @cached_property
    def keys(self) -> set[bytes]:
        """All of the right length in the dump, made from it, or made of nothing; and what is derived from each."""
        pieces = {cell[at : at + KEY_BYTES] for cell in self.cells for at in (0, NONCE_BYTES, len(cell) - KEY_BYTES)}
        roots = {one for one in pieces if len(one) == KEY_BYTES} | {bytes(KEY_BYTES), b"\xff" * KEY_BYTES, *self.more}
        roots |= {hashlib.sha256(cell).digest() for cell in (*self.cells, *(name.encode() for name in OWN))}
        return roots | {derive(root, purpose) for root in roots for purpose in PURPOSES}

    def opened(self, words: bytes) -> bool:
        """Whether anything in the dump, opened with any key or with a case's key that this one opens, says this."""
        sealed = [cell for cell in self.cells if len(cell) > NONCE_BYTES + TAG_BYTES]
        wrapped = [cell for cell in sealed if len(cell) == NONCE_BYTES + KEY_BYTES + TAG_BYTES]
        keys = self.keys | {unsealed(key, cell) for key in self.keys for cell in wrapped}
        return any(words in unsealed(key, cell) for key in keys for cell in sealed)

    def linked(self, number: str) -> bool:
        """Whether this number, met while all are tried, is recognised in the dump."""
        dump = set(self.cells)
        return any(guess in dump for written in ways_of(number) for guess in self._hashes(written.encode()))

    def _hashes(self, content: bytes) -> Iterator[bytes]:
        yield content
        yield from (hashlib.new(name, content).digest() for name in PLAIN)
        yield from (hmac.digest(key, content, "sha256") for key in self.keys)


def ways_of(number: str) -> Iterator[str]:
    """How the program and others write it before they hash it."""
    yield from (number, number.lstrip("+"), f"0{number.removeprefix('+46')}")
    yield from ("\x00".join(("conversation", f"sms|{name}|{number}")) for name in OWN)
    yield from (f"address\x00{means}\x00{number}" for means in ("text", "call"))


def unsealed(key: bytes, sealed: bytes) -> bytes:
    """AES-GCM without its check: whatever comes out."""
    first = sealed[:NONCE_BYTES] + (2).to_bytes(4, "big")
    return Cipher(AES(key), CTR(first)).decryptor().update(sealed[NONCE_BYTES:-TAG_BYTES])
