"""The trail of who read what: whatever is changed, removed, put in, moved or cut off in the database is seen.

A figure over more attempts: `python -m tests.adapters.store.test_audit 10000`.
"""

import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from hotline.adapters.store import SqlStore, audit
from hotline.adapters.tables import audit as trail
from hotline.adapters.tables import certificates, meta
from hotline.adapters.vault import Vault, new_key
from tests.adapters.store.told import NOON, filed
from tests.databases import migrate

LINES = 12
Tampering = Callable[[Connection, random.Random], None]


def written(store: SqlStore) -> SqlStore:
    """Readings by several people, and a certificate."""
    filed(store)
    with store.begin() as work:
        for number in range(LINES - 1):
            work.write_down(NOON, f"officer {number}", "read", "AB23")
        work.certify("smedjebacken", "Gallringsbevis", "worker:one", NOON)
    return store


@pytest.fixture
def store(database_url: str) -> Iterator[SqlStore]:
    store = written(SqlStore(database_url, new_key()))
    yield store
    store.close()


def change(connection: Connection, chance: random.Random) -> None:
    column = chance.choice(["reader", "act", "reference", "previous", "digest", "at"])
    row = connection.execute(select(trail).where(trail.c.number == chance.randint(1, LINES))).one()
    was = getattr(row, column)
    now = was[::-1] if column in {"previous", "digest"} else NOON.replace(year=2025) if column == "at" else f"{was}x"
    if now == was:
        now = b"\1"  # the first line stands on nothing
    connection.execute(update(trail).where(trail.c.number == row.number).values({column: now}))


def remove(connection: Connection, chance: random.Random) -> None:
    first = chance.randint(1, LINES)
    last = chance.randint(first, LINES)
    connection.execute(delete(trail).where(trail.c.number.between(first, last)))


def reorder(connection: Connection, chance: random.Random) -> None:
    """Two lines change places, numbers staying in order."""
    one, other = chance.sample(range(1, LINES + 1), 2)
    for old, new in ((one, 1000), (other, one), (1000, other)):
        connection.execute(update(trail).where(trail.c.number == old).values(number=new))


def put_in(connection: Connection, chance: random.Random) -> None:
    """A line that fits what stands before it."""
    before = connection.execute(select(trail).where(trail.c.number == chance.randint(1, LINES))).one()
    digest = audit.digest(before.digest, NOON, "nobody", "read", "AB23")
    row = {"at": NOON, "reader": "nobody", "act": "read", "reference": "AB23"}
    connection.execute(insert(trail).values(**row, number=before.number + 100, previous=before.digest, digest=digest))


def cut_off(connection: Connection, chance: random.Random) -> None:
    """The end goes, and what the database itself remembers of the end is made to fit."""
    last = chance.randint(0, LINES - 1)
    connection.execute(delete(trail).where(trail.c.number > last))
    rewrite(connection, last)


def write_anew(connection: Connection, chance: random.Random) -> None:
    """A reader is changed and every digest after it computed again, the end's too."""
    connection.execute(update(trail).where(trail.c.number == chance.randint(1, LINES)).values(reader="nobody"))
    rewrite(connection, LINES)


def rewrite(connection: Connection, last: int) -> None:
    """As somebody would who knows the program and has no keyring."""
    digest = b""
    for row in connection.execute(select(trail).order_by(trail.c.number)).all():
        previous, digest = digest, audit.digest(digest, row.at, row.reader, row.act, row.reference)
        changed = update(trail).where(trail.c.number == row.number)
        connection.execute(changed.values(previous=previous, digest=digest))
    connection.execute(update(meta).where(meta.c.name == audit.HEAD).values(value=digest.hex()))
    seal = audit.seal_of(Vault(new_key()), last, digest)
    connection.execute(update(meta).where(meta.c.name == audit.SEAL).values(value=seal))


def touch_a_certificate(connection: Connection, chance: random.Random) -> None:
    if chance.random() < 0.5:
        connection.execute(delete(certificates))
    else:
        connection.execute(update(certificates).values(content="Gallringsbevis."))


def touch_what_is_remembered_of_the_end(connection: Connection, chance: random.Random) -> None:
    name = chance.choice([audit.HEAD, audit.SEAL])
    value = chance.choice(["", "no digest", "12:34:56", f"{LINES}:{'0' * 64}:{'0' * 64}"])
    connection.execute(update(meta).where(meta.c.name == name).values(value=value))


WAYS: tuple[Tampering, ...] = (
    touch_what_is_remembered_of_the_end,
    change,
    remove,
    reorder,
    put_in,
    cut_off,
    write_anew,
    touch_a_certificate,
)


def seen(store: SqlStore, way: Tampering, chance: random.Random) -> bool:
    """Whether it shows; afterwards all is as before."""
    with store.engine.connect() as connection:
        way(connection, chance)
        found = list(audit.faults(connection, store.vault, ()))
        connection.rollback()
    return bool(found)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_whatever_is_done_to_the_trail_shows(store: SqlStore, way: Tampering) -> None:
    assert store.audit_faults() == []
    for seed in range(20):
        assert seen(store, way, random.Random(seed)), f"seed {seed}"  # noqa: S311 - the same attempt each time


def test_the_trail_of_one_case_is_its_own(store: SqlStore) -> None:
    with store.begin() as work:
        work.write_down(NOON, "officer", "read", "CD45")
        assert [one.reference for one in work.audit_lines("CD45", 99)] == ["CD45"]
        assert [one.reference for one in work.audit_lines("", 2)] == ["certificate 1", "CD45"]


def test_a_backup_that_was_put_back_shows_by_an_end_noted_outside(store: SqlStore) -> None:
    with store.begin() as work:
        work.write_down(NOON, "officer", "read", "AB23")
    noted = store.audit_head()
    assert noted
    with store.engine.begin() as connection:  # as the database was before that line, seal and all
        connection.execute(delete(trail).where(trail.c.number == noted[0]))
        before = connection.execute(select(trail).order_by(trail.c.number.desc()).limit(1)).one()
        seal = audit.seal_of(store.vault, before.number, before.digest)
        connection.execute(update(meta).where(meta.c.name == audit.HEAD).values(value=before.digest.hex()))
        connection.execute(update(meta).where(meta.c.name == audit.SEAL).values(value=seal))
    assert store.audit_faults() == []
    assert store.audit_faults([noted]) != []


def figures(attempts: int) -> str:
    """How many of so many random attempts, each of its own seed, were seen."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'trail.sqlite'}"
        migrate(url)
        store = written(SqlStore(url, new_key()))
        found = sum(seen(store, WAYS[seed % len(WAYS)], random.Random(seed)) for seed in range(attempts))  # noqa: S311 - as above
        store.close()
    return f"{found} of {attempts} attempts on the trail were seen"


if __name__ == "__main__":
    print(figures(int(sys.argv[1])))  # noqa: T201 - a command's answer
