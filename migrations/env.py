"""Runs migrations on the database that the environment (or .env) names. What may not enter: anything of one migration.

Time-outs keep a migration from holding up callers: it gives up and can be started again.
"""

import os
from pathlib import Path

from alembic import context
from dotenv import dotenv_values
from sqlalchemy import create_engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from hotline.adapters.tables import Base

DEFAULT = "sqlite:///var/hotline.sqlite"
TIME_OUTS = "-c lock_timeout=4000 -c statement_timeout=60000"


def address() -> URL:
    """HOTLINE_DATABASE_URL; the folder of an SQLite file is made, for our eyes only."""
    settings = {**dotenv_values(Path(__file__).parent.parent / ".env"), **os.environ}
    url = make_url(settings.get("HOTLINE_DATABASE_URL") or DEFAULT)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return url


def migrate() -> None:
    url = address()
    sqlite = url.get_backend_name() == "sqlite"
    arguments = {"timeout": 30} if sqlite else {"connect_timeout": 10, "options": TIME_OUTS}
    engine = create_engine(url, poolclass=NullPool, connect_args=arguments)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=sqlite)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations look at the database they change; --sql is not supported.")
migrate()
