"""The bare view: Flask, Twilio's own validator, and one select, insert and update through SQLAlchemy Core.

No script, no understanding, nothing sealed, nothing that comes later. `gunicorn tests.bench.bare:app`.
As many connections as ours has, opened as anybody would: what ours looks after on each of them would slow this down.
"""

import os
from typing import Any

from flask import Flask, Response, abort, request
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    insert,
    select,
    update,
)
from twilio.request_validator import RequestValidator

PUBLIC = os.environ.get("HOTLINE_PUBLIC_URL", "")
ANSWER = b'<?xml version="1.0" encoding="UTF-8"?><Response><Message>Hej</Message></Response>'

metadata = MetaData()
places = Table("bare_places", metadata, Column("who", String, primary_key=True), Column("step", Integer))
answers = Table("bare_answers", metadata, Column("id", String, primary_key=True), Column("answer", LargeBinary))
PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 10000")


def make_engine(url: str) -> Engine:
    """The same pool, the same durability."""
    made = create_engine(url, pool_size=8, max_overflow=8)
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", durable)
        event.listen(made, "begin", to_write)
    return made


def durable(connection: Any, _entry: object) -> None:  # noqa: ANN401 - the driver's own object
    """SQLite's transactions are begun by `to_write`."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def to_write(connection: Connection) -> None:
    """At once: whoever has read first may not be let write any more."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


engine = make_engine(os.environ.get("HOTLINE_DATABASE_URL", "sqlite:///unused"))
validator = RequestValidator(os.environ.get("TWILIO_AUTH_TOKEN", ""))  # type: ignore[no-untyped-call]  # twilio ships no types
app = Flask(__name__)


@app.post("/<path:door>")
def answer(door: str) -> Response:
    """A text or a step of a call: where this person stands, one further, and what was answered."""
    form = request.form.to_dict()
    signature = request.headers.get("X-Twilio-Signature", "")
    if not validator.validate(f"{PUBLIC}/{door}", form, signature):  # type: ignore[no-untyped-call]  # as above
        abort(403)
    who = form.get("CallSid") or form["From"]
    with engine.begin() as connection:
        step = connection.scalar(select(places.c.step).where(places.c.who == who))
        asked = form.get("MessageSid") or f"{who}/{door}"
        connection.execute(insert(answers).values(id=asked, answer=ANSWER))
        if step is None:
            connection.execute(insert(places).values(who=who, step=0))
        else:
            connection.execute(update(places).where(places.c.who == who).values(step=step + 1))
    return Response(ANSWER, content_type="text/xml")
