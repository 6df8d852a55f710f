"""What all parts of one work stand on: a connection, the vault, and inserts that may meet a row that is there."""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite

from hotline.adapters.vault import Vault

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

    Upsert = postgresql.Insert | sqlite.Insert


class Kept:
    """One open transaction. `looking`: nothing is changed in it, so nothing is locked either."""

    _looking = False

    def __init__(self, connection: Connection, vault: Vault, *, looking: bool = False) -> None:
        self._connection = connection
        self._vault = vault
        self._dialect = connection.dialect.name
        self._looking = looking


def upsert(dialect: str, table: Table) -> "Upsert":
    """An insert that knows ON CONFLICT, for "sqlite" or "postgresql"."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - a tenth of a second that SQLite does not need

    return postgresql.insert(table)
