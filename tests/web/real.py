"""The real hotline for those who knock at its doors: web server and worker as processes.

`Hotline.knock` sends bytes; `Hotline.traces` is all that a request could leave behind.
"""

import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import MetaData, create_engine, select

from tests.earnest import in_earnest, inherited
from tests.stories.running import Running, running
from tests.stories.standin import StandIn, stand_in
from tests.web.doors import OLD_TOKEN, PUBLIC, TOKEN
from tests.web.forged.requests import KEYS, Sent

TOWN_FILES = Path(__file__).parent / "municipalities"
CHORES = re.compile(r"\('mark:(erased|purged|reconciled)\b")  # when the worker last looked: once a minute
BEATS = {"heartbeats", "alembic_version"}  # the worker's pulse: it beats whoever knocks


@dataclass(frozen=True)
class Hotline:
    """One that runs, and what stands around it."""

    running: Running
    rest: StandIn
    database_url: str

    def knock(self, sent: Sent) -> tuple[int, str]:
        """Status and the whole answer, head and body."""
        return self.raw(sent.raw(), whole=sent.connection == "close")

    def raw(self, told: bytes, *, whole: bool = True) -> tuple[int, str]:
        """The same with any bytes; without `whole` the head is enough."""
        with socket.create_connection(("127.0.0.1", self.running.port), timeout=10) as line:
            line.sendall(told)
            answer = b""
            while part := line.recv(65536):
                answer += part
                if not whole and b"\r\n\r\n" in answer:
                    break
        return int(answer.split(b" ", 2)[1]), answer.decode("utf-8", "replace")

    def rows(self) -> Mapping[str, list[str]]:
        """Every row of every table, as text."""
        engine = create_engine(self.database_url)
        tables = MetaData()
        with engine.connect() as connection:
            tables.reflect(connection)
            found = {
                name: sorted(row for row in map(str, connection.execute(select(table))) if not CHORES.match(row))
                for name, table in tables.tables.items()
                if name not in BEATS
            }
        engine.dispose()
        return found

    def traces(self) -> tuple[Mapping[str, list[str]], int]:
        """What is kept, and how much was handed to the carrier."""
        return self.rows(), len(self.rest.taken)

    def logged(self) -> str:
        return self.running.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def hotline(database_url: str, folder: Path, carrier: str = "twilio") -> Iterator[Hotline]:
    """With Twilio's rules and a stand-in for its REST addresses, or simulated. The tests know the keyring."""
    with stand_in() as rest:
        settings = {**inherited(), "HOTLINE_KEYS": KEYS}
        if carrier == "twilio":
            settings |= in_earnest(rest.address, public=PUBLIC, token=TOKEN)
            settings["HOTLINE_TWILIO_AUTH_TOKEN_OLD"] = OLD_TOKEN
        with running(database_url, folder, settings, TOWN_FILES) as started:
            yield Hotline(started, rest, database_url)
