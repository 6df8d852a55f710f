"""Who read what: rows chained by their digests, so that a changed or removed one shows. What may not enter: content.

The newest digest also stands in `meta`: its row is the lock that keeps writers in line, and shows a cut-off end.
"""

import hashlib
import json
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from hotline.adapters.store.kept import upsert
from hotline.adapters.tables import audit, meta

HEAD = "audit_head"


def digest(previous: bytes, at: datetime, reader: str, act: str, reference: str) -> bytes:
    """SHA-256 (32 bytes) over the previous digest and this row's content."""
    content = json.dumps([at.astimezone(UTC).isoformat(), reader, act, reference])
    return hashlib.sha256(previous + content.encode()).digest()


def write(connection: Connection, at: datetime, reader: str, act: str, reference: str) -> None:
    """Adds a line to the trail, in the transaction of what it tells of."""
    head = upsert(connection.dialect.name, meta).values(name=HEAD, value="")
    locked = head.on_conflict_do_update(index_elements=["name"], set_={"value": meta.c.value}).returning(meta.c.value)
    previous = bytes.fromhex(connection.execute(locked).scalar_one())
    newest = digest(previous, at, reader, act, reference)
    connection.execute(
        insert(audit).values(at=at, reader=reader, act=act, reference=reference, previous=previous, digest=newest)
    )
    connection.execute(update(meta).where(meta.c.name == HEAD).values(value=newest.hex()))


def first_break(connection: Connection) -> int | None:
    """The number of the first row that does not fit, 0 if the end has been cut off, None if all is well."""
    previous = b""
    for row in connection.execute(select(audit).order_by(audit.c.number)):
        if row.previous != previous or row.digest != digest(previous, row.at, row.reader, row.act, row.reference):
            return int(row.number)
        previous = row.digest
    head = connection.scalar(select(meta.c.value).where(meta.c.name == HEAD)) or ""
    return None if bytes.fromhex(head) == previous else 0
