"""What all parts of one work stand on: a connection, the vault, and inserts that may meet a row that is there."""

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from hotline.adapters.vault import Vault

Upsert = postgresql.Insert | sqlite.Insert


class Kept:
    """One open transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault
        self._dialect = connection.dialect.name


def upsert(dialect: str, table: Table) -> Upsert:
    """An insert that knows ON CONFLICT, for "sqlite" or "postgresql"."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
