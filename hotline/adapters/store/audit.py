"""Who read what: rows chained by their digests, so that a changed or removed one shows. What may not enter: content.

The newest digest also stands in `meta`: its row is the lock that keeps writers in line, and shows a cut-off end. Beside
it stands a seal of the end, made with the keyring: whoever can write only here cannot make another end look whole.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from hotline.adapters.store.kept import upsert
from hotline.adapters.tables import audit, certificates, meta
from hotline.adapters.vault import Vault
from hotline.ports import AuditLine

HEAD = "audit_head"
SEAL = "audit_seal"
CUT_OFF = "the end of the trail has been cut off"


def digest(previous: bytes, at: datetime, reader: str, act: str, reference: str) -> bytes:
    """SHA-256 (32 bytes) over the previous digest and this row's content."""
    content = json.dumps([at.astimezone(UTC).isoformat(), reader, act, reference])
    return hashlib.sha256(previous + content.encode()).digest()


def write(connection: Connection, vault: Vault, at: datetime, reader: str, act: str, reference: str) -> None:
    """Adds a line to the trail, in the transaction of what it tells of."""
    head = upsert(connection.dialect.name, meta).values(name=HEAD, value="")
    locked = head.on_conflict_do_update(index_elements=["name"], set_={"value": meta.c.value}).returning(meta.c.value)
    previous = bytes.fromhex(connection.execute(locked).scalar_one())
    newest = digest(previous, at, reader, act, reference)
    row = insert(audit).values(at=at, reader=reader, act=act, reference=reference, previous=previous, digest=newest)
    number = connection.execute(row.returning(audit.c.number)).scalar_one()
    connection.execute(update(meta).where(meta.c.name == HEAD).values(value=newest.hex()))
    sealed = upsert(connection.dialect.name, meta).values(name=SEAL, value=seal_of(vault, number, newest))
    connection.execute(sealed.on_conflict_do_update(index_elements=["name"], set_={"value": sealed.excluded.value}))


def seal_of(vault: Vault, number: int, newest: bytes) -> str:
    """`number:digest:seal`."""
    return f"{number}:{newest.hex()}:{vault.lookup('audit', str(number), newest.hex()).hex()}"


def lines(connection: Connection, reference: str, most: int) -> list[AuditLine]:
    """The newest, oldest of them first; of one case, or ("") of all."""
    query = select(audit).order_by(audit.c.number.desc()).limit(most)
    if reference:
        query = query.where(audit.c.reference == reference)
    rows = connection.execute(query).all()
    return [AuditLine(row.number, row.at, row.reader, row.act, row.reference) for row in reversed(rows)]


def head(connection: Connection) -> tuple[int, str] | None:
    """(number, digest) of the newest line, to be noted somewhere else; None while there is none."""
    row = connection.execute(select(audit.c.number, audit.c.digest).order_by(audit.c.number.desc()).limit(1)).first()
    return None if row is None else (row.number, bytes(row.digest).hex())


def first_break(connection: Connection) -> int | None:
    """The number of the first row that does not fit, 0 if the end has been cut off, None if all is well."""
    previous = b""
    for row in connection.execute(select(audit).order_by(audit.c.number)):
        if row.previous != previous or row.digest != digest(previous, row.at, row.reader, row.act, row.reference):
            return int(row.number)
        previous = row.digest
    kept = connection.scalar(select(meta.c.value).where(meta.c.name == HEAD)) or ""
    return None if kept == bytes(previous).hex() else 0


def faults(connection: Connection, vault: Vault, noted: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Everything that does not fit. `noted`: ends of the trail that somebody wrote down elsewhere."""
    broken = first_break(connection)
    if broken is not None:
        yield f"line {broken} does not fit what stands before it" if broken else CUT_OFF
    digests = {
        row.number: bytes(row.digest).hex() for row in connection.execute(select(audit.c.number, audit.c.digest))
    }
    yield from _faults_of_seal(connection, vault, digests)
    for number, known in noted:
        if digests.get(number) != known:
            yield f"line {number}, noted outside the database, is not there or is another: or a backup was restored"
            break
    yield from _faults_of_certificates(connection)


def _faults_of_seal(connection: Connection, vault: Vault, digests: dict[int, str]) -> Iterator[str]:
    kept = connection.scalar(select(meta.c.value).where(meta.c.name == SEAL))
    if kept is None:
        if digests:
            yield "the end of the trail has no seal: only a release before this one has written, or it was removed"
        return
    number, _, rest = kept.partition(":")
    newest, _, seal = rest.partition(":")
    if seal not in {one.hex() for one in vault.lookups("audit", number, newest)}:
        yield "the seal of the trail's end was not made with this keyring"
    elif digests.get(int(number)) != newest:
        yield CUT_OFF


def _faults_of_certificates(connection: Connection) -> Iterator[str]:
    """Each is what the trail says of it, and none is missing."""
    told = {
        row.reference.removeprefix("certificate "): row.reader.rpartition("sha256:")[2]
        for row in connection.execute(select(audit.c.reference, audit.c.reader).where(audit.c.act == "purge"))
    }
    held = {str(row.number): row.content for row in connection.execute(select(certificates))}
    for number in sorted(set(told) | set(held)):
        content = held.get(number)
        if content is None or hashlib.sha256(content.encode()).hexdigest() != told.get(number):
            yield f"certificate {number} has been changed, removed or put in"
