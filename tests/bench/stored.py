"""Databases in which much is kept already: as many conversations, and as many answers, as rows that say nothing."""

import sqlite3

from sqlalchemy import make_url

from tests import postgres
from tests.chaos.database import Server
from tests.databases import migrate

# 420 bytes: as much as a conversation, and an answer, take up when they are sealed.
POSTGRESQL = (
    """
INSERT INTO conversations (key_hash, touched_at, sealed_state)
SELECT sha256(('c' || i)::bytea), now() - i * interval '1 ms', decode(repeat(md5(i::text), 26), 'hex')
FROM generate_series(1, {count}) AS i
""",
    """
INSERT INTO turns (carrier_hash, at, municipality, sealed_answer)
SELECT sha256(('t' || i)::bytea), now() - i * interval '1 ms', 'smedjebacken', decode(repeat(md5(i::text), 26), 'hex')
FROM generate_series(1, {count}) AS i
""",
    "VACUUM ANALYZE",
    "CHECKPOINT",
)
SQLITE = (
    """
WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < {count})
INSERT INTO conversations (key_hash, touched_at, sealed_state)
SELECT randomblob(32), strftime('%Y-%m-%d %H:%M:%f000', 'now', '-' || (i / 1000) || ' seconds'), randomblob(420)
FROM numbers
""",
    """
WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < {count})
INSERT INTO turns (carrier_hash, at, municipality, sealed_answer)
SELECT randomblob(32), strftime('%Y-%m-%d %H:%M:%f000', 'now', '-' || (i / 1000) || ' seconds'), 'smedjebacken',
  randomblob(420)
FROM numbers
""",
    "ANALYZE",
)


def filled(server: Server, count: int) -> str:
    """The address of a new database that holds so many."""
    if server.kind == "sqlite":
        path = server.folder / f"kept-{count}.sqlite"
        migrate(f"sqlite:///{path}")
        with sqlite3.connect(path, isolation_level=None) as connection:
            for statement in SQLITE:
                connection.execute(statement.format(count=count))
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return f"sqlite:///{path}"
    name = f"kept_{count}"
    postgres.run(server.url, f"CREATE DATABASE {name} TEMPLATE template0")
    url = make_url(server.url).set(database=name).render_as_string(hide_password=False)
    migrate(url)
    postgres.run(url, *(statement.format(count=count) for statement in POSTGRESQL))
    return url
