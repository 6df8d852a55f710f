"""Databases in which much is kept already: conversations, answers and cases that were taken, as rows that say nothing.

As many of each. The cases' alerts are over: what still climbs is never more than what came in within minutes.
"""

import os
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
    """
INSERT INTO cases (reference, municipality, filed_at, priority, broken_off, wrapped_key, sealed_report)
SELECT 'C' || i, 'smedjebacken', now() - i * interval '1 min', 3, false, decode(repeat(md5(i::text), 4), 'hex'),
  decode(repeat(md5(i::text), 16), 'hex')
FROM generate_series(1, {count}) AS i
""",
    """
INSERT INTO alerts (reference, municipality, priority, state, level, next_at, raised_at, acknowledged_at, opened_at,
  sealed_plan, sealed_acknowledged_by)
SELECT 'C' || i, 'smedjebacken', 3, 'acknowledged', 1, now() - i * interval '1 min', now() - i * interval '1 min',
  now() - i * interval '1 min', now() - i * interval '1 min', decode(repeat(md5(i::text), 16), 'hex'),
  decode(md5(i::text), 'hex')
FROM generate_series(1, {count}) AS i
""",
    """
INSERT INTO deliveries (token_hash, code_hash, address_hash, reference, state, due_at, attempts, sent_at, wrong_pins,
  sealed_content)
SELECT sha256(('d' || i)::bytea), sha256(('k' || i)::bytea), sha256(('a' || i % 20)::bytea), 'C' || i, 'acknowledged',
  now() - i * interval '1 min', 1, now() - i * interval '1 min', 0, decode(repeat(md5(i::text), 16), 'hex')
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
    """
WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < {count})
INSERT INTO cases (reference, municipality, filed_at, priority, broken_off, wrapped_key, sealed_report)
SELECT 'C' || i, 'smedjebacken', strftime('%Y-%m-%d %H:%M:%f000', 'now', '-' || i || ' minutes'), 3, 0,
  randomblob(64), randomblob(256)
FROM numbers
""",
    """
INSERT INTO alerts (reference, municipality, priority, state, level, next_at, raised_at, acknowledged_at, opened_at,
  sealed_plan, sealed_acknowledged_by)
SELECT reference, municipality, 3, 'acknowledged', 1, filed_at, filed_at, filed_at, filed_at, randomblob(256),
  randomblob(16)
FROM cases
""",
    """
INSERT INTO deliveries (token_hash, code_hash, address_hash, reference, state, due_at, attempts, sent_at, wrong_pins,
  sealed_content)
SELECT randomblob(32), randomblob(32), CAST(rowid % 20 AS BLOB), reference, 'acknowledged', filed_at, 1, filed_at, 0,
  randomblob(256)
FROM cases
""",
    "ANALYZE",
)


def filled(server: Server, count: int) -> str:
    """The address of a new database that holds so many."""
    if server.kind == "sqlite":
        url = f"sqlite:///{server.folder / f'kept-{count}.sqlite'}"
    else:
        name = f"kept_{count}"
        postgres.run(server.url, f"CREATE DATABASE {name} TEMPLATE template0")
        url = make_url(server.url).set(database=name).render_as_string(hide_password=False)
    migrate(url)
    fill(url, count)
    return url


def fill(url: str, count: int) -> None:
    """So many into an empty database; the planner knows them afterwards, and the journal is in the file."""
    if make_url(url).get_backend_name() != "sqlite":
        postgres.run(url, *(statement.format(count=count) for statement in POSTGRESQL))
        return
    with sqlite3.connect(make_url(url).database or "", isolation_level=None) as connection:
        for statement in SQLITE:
            connection.execute(statement.format(count=count))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    os.sync()  # who answers first does not wait until all this is on the disk
