"""The hot path: one statement opens a conversation, one (SQLite: two) keeps it. What may not enter: readable content.

Statements are built once for each kind of database; building them costs more than running them.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection, Delete, Executable, Insert, Update, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from hotline.adapters.store.kept import Kept, upsert
from hotline.adapters.tables import conversations, heartbeats, scripts, tallies, turns
from hotline.adapters.vault import UnreadableError
from hotline.ports import Opened, RepeatedTurnError

# A carrier repeats a request within hours, if at all.
ANSWERS_KEPT = timedelta(days=1)


@lru_cache
def opening(dialect: str) -> Executable:
    """Make or lock the conversation, load it, and load what was answered to this carrier id before."""
    answered = select(turns.c.sealed_answer).where(turns.c.carrier_hash == bindparam("carrier")).scalar_subquery()
    made = upsert(dialect, conversations).values(key_hash=bindparam("key"), touched_at=bindparam("at"))
    # Changing nothing still takes the row's lock, and returns the row as the last turn left it.
    locked = made.on_conflict_do_update(index_elements=["key_hash"], set_={"touched_at": conversations.c.touched_at})
    return locked.returning(conversations.c.touched_at, conversations.c.sealed_state, answered.label("answer"))


@lru_cache
def keeping(dialect: str, *, ends: bool) -> tuple[Executable, ...]:
    """Change or remove the conversation and remember the answer: in one statement where the database can."""
    changed: Delete | Update = delete(conversations).where(conversations.c.key_hash == bindparam("key"))
    if not ends:
        changed = update(conversations).where(conversations.c.key_hash == bindparam("key"))
        changed = changed.values(touched_at=bindparam("moment"), sealed_state=bindparam("state"))
    remembered: Insert = insert(turns).values(
        carrier_hash=bindparam("carrier"),
        at=bindparam("moment"),
        municipality=bindparam("place"),
        sealed_answer=bindparam("answer"),
    )
    if dialect == "sqlite":
        return remembered, changed
    return (remembered.add_cte(changed.cte("changed")),)


class Hashes(NamedTuple):
    """Under which a conversation and the carrier's id are kept; `older`: by the keys that the ring had before."""

    key: bytes
    older_keys: list[bytes]
    carrier: bytes
    older_carriers: list[bytes]


class Turns(Kept):
    """The part of ports.Work that every request of the carrier needs."""

    _met: tuple[str, str, Hashes] | None = None

    def open_turn(self, key: str, carrier_id: str, at: datetime, idle: timedelta) -> Opened:
        hashes = self._both(key, carrier_id)
        values = {"key": hashes.key, "carrier": hashes.carrier, "at": at}
        row = self._connection.execute(opening(self._dialect), values).one()
        alive = at - row.touched_at <= idle
        return self._opened(hashes, row.answer, row.sealed_state, at - idle, alive=alive)

    def _opened(
        self, hashes: Hashes, answer: bytes | None, state: bytes | None, since: datetime, *, alive: bool
    ) -> Opened:
        """What was found, or what is still kept as it was before the ring was changed."""
        known: bytes | None = None
        if answer is not None:
            known = self._vault.unseal(answer, b"answer" + hashes.carrier)
        elif hashes.older_carriers:
            known = self._older_answer(hashes.older_carriers)
        if state is None:
            return Opened(known, self._adopted(hashes.older_keys, since) if hashes.older_keys else None)
        return Opened(known, self._state(state, hashes.key) if alive else None)

    def _both(self, key: str, carrier_id: str) -> Hashes:
        """Made once: what is read by them is kept by the same."""
        if self._met is None or self._met[:2] != (key, carrier_id):
            kept, *older = self._vault.lookups("conversation", key, owner=owner_of(key))
            carrier, *older_carriers = self._vault.lookups("turn", carrier_id)
            self._met = key, carrier_id, Hashes(kept, older, carrier, older_carriers)
        return self._met[2]

    def _older_answer(self, carriers: list[bytes]) -> bytes | None:
        query = select(turns.c.carrier_hash, turns.c.sealed_answer).where(turns.c.carrier_hash.in_(carriers))
        row = self._connection.execute(query).first()
        return None if row is None else self._vault.unseal(row.sealed_answer, b"answer" + bytes(row.carrier_hash))

    def _adopted(self, older: list[bytes], since: datetime) -> str | None:
        """A conversation that began before the ring was changed goes on under the new key."""
        moved = delete(conversations).where(conversations.c.key_hash.in_(older))
        moved = moved.where(conversations.c.sealed_state.is_not(None))
        row = self._connection.execute(
            moved.returning(conversations.c.key_hash, conversations.c.sealed_state, conversations.c.touched_at)
        ).first()
        if row is None or row.touched_at < since:
            return None
        return self._state(row.sealed_state, bytes(row.key_hash))

    def keep_turn(
        self, key: str, carrier_id: str, at: datetime, answer: bytes, state: str | None, *, municipality: str
    ) -> None:
        values = self._sealed(key, carrier_id, at, answer, state, municipality)
        try:
            for statement in keeping(self._dialect, ends=state is None):
                self._connection.execute(statement, values)
        except IntegrityError as problem:
            raise RepeatedTurnError("this carrier id has been answered meanwhile") from problem

    def _sealed(
        self, key: str, carrier_id: str, at: datetime, answer: bytes, state: str | None, municipality: str
    ) -> dict[str, object]:
        hashes = self._both(key, carrier_id)
        return {
            "key": hashes.key,
            "carrier": hashes.carrier,
            "moment": at,
            "place": municipality,
            "answer": self._vault.seal(answer, b"answer" + hashes.carrier),
            "state": None if state is None else self._vault.seal(state.encode(), b"state" + hashes.key),
        }

    def look_up(self, key: str, at: datetime, idle: timedelta) -> str | None:
        hashes = self._vault.lookups("conversation", key, owner=owner_of(key))
        alive = conversations.c.key_hash.in_(hashes) & (conversations.c.touched_at >= at - idle)
        query = select(conversations.c.key_hash, conversations.c.sealed_state)
        row = self._connection.execute(query.where(alive, conversations.c.sealed_state.is_not(None))).first()
        return self._state(row.sealed_state, bytes(row.key_hash)) if row else None

    def keep_script(self, version: str, packed: bytes, at: datetime) -> None:
        kept = upsert(self._dialect, scripts).values(version=version, kept_at=at, packed=packed)
        self._connection.execute(kept.on_conflict_do_nothing())

    def find_script(self, version: str) -> bytes | None:
        packed = self._connection.scalar(select(scripts.c.packed).where(scripts.c.version == version))
        return None if packed is None else bytes(packed)

    def running(self, since: datetime) -> Iterator[str]:
        """Conversations that this ring opens."""
        query = select(conversations.c.key_hash, conversations.c.sealed_state)
        alive = conversations.c.sealed_state.is_not(None) & (conversations.c.touched_at >= since)
        for row in self._connection.execute(query.where(alive)):
            if state := self._state(row.sealed_state, row.key_hash):
                yield state

    def tally(self, municipality: str, outcome: str, at: datetime) -> None:
        counted = upsert(self._dialect, tallies).values(
            municipality=municipality, outcome=outcome, day=at.date(), count=1
        )
        self._connection.execute(
            counted.on_conflict_do_update(
                index_elements=["municipality", "outcome", "day"], set_={"count": tallies.c.count + 1}
            )
        )

    def beat(self, name: str, at: datetime) -> None:
        beaten = upsert(self._dialect, heartbeats).values(name=name, at=at)
        self._connection.execute(beaten.on_conflict_do_update(index_elements=["name"], set_={"at": at}))

    def last_beat(self, name: str) -> datetime | None:
        newest: datetime | None = self._connection.scalar(
            select(func.max(heartbeats.c.at)).where(heartbeats.c.name == name)
        )
        return newest

    def _state(self, sealed: bytes, key_hash: bytes) -> str | None:
        try:
            return self._vault.unseal(sealed, b"state" + key_hash).decode()
        except UnreadableError:
            return None  # its key has left the ring: the caller begins again rather than meeting silence


def owner_of(key: str) -> str:
    """The municipality whose key hides a caller's number: of "sms|smedjebacken|+46…"; a call's id needs none."""
    parts = key.split("|")
    return parts[1] if len(parts) == 3 else ""  # noqa: PLR2004 - channel, municipality, caller


def purge_turns(connection: Connection, idle_since: datetime, answered: datetime, most: int) -> int:
    """Removes conversations idle since then, and answers that nobody asked for again in a day; how many rows.

    `most` of each.
    """
    old = (
        (conversations.c.key_hash, conversations.c.touched_at < idle_since),
        (turns.c.carrier_hash, turns.c.at < answered - ANSWERS_KEPT),
    )
    gone = 0
    for key, which in old:
        some = select(key).where(which).limit(most)
        # Said twice: what somebody has touched between the two is fresh, and stays.
        gone += connection.execute(delete(key.table).where(key.in_(some), which)).rowcount
    return gone
