"""The real servers while the real database hangs, is gone, full or read-only: 503 in time, then on without a restart.

What a caller consents to meanwhile is not saved and not said to be; the carrier asks again, and then it is, once.
"""

import resource
import shutil
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import create_engine, func, select

from hotline.adapters.tables import cases
from tests.chaos.database import Server
from tests.stories.running import family
from tests.stories.twilio_side import LINE, Twilio, twilio_side

PATIENCE, BACK = 5.0, 10.0  # seconds: until the carrier's fallback can speak; until we answer again
MANY = 20  # requests at once: more than there are threads
TO_CONSENT = ("Hej", "2", "1", "1", "2")


@dataclass
class Ground:
    """A hotline on a database that can be harmed. `number`: of the next text."""

    twilio: Twilio
    url: str
    harms: Mapping[str, Callable[[], AbstractContextManager[None]]]
    number: Iterator[int] = field(default_factory=count)

    def say(self, sender: str, body: str, sid: str = "") -> tuple[int, str, float]:
        """Status, answer and the seconds it took."""
        began, sid = time.monotonic(), sid or f"SM{next(self.number):032x}"
        form = {"MessageSid": sid, "From": sender, "To": LINE, "Body": body, "NumMedia": "0"}
        return *self.twilio.post("/twilio/sms", **form), time.monotonic() - began

    def said(self, sender: str, body: str, sid: str) -> str:
        """What is answered in the end, as the carrier asks again and again."""
        deadline = time.monotonic() + BACK
        while (heard := self.say(sender, body, sid))[0] != 200:
            assert time.monotonic() < deadline, "the database is back and the hotline is not"
            time.sleep(0.3)
        return heard[1]

    def kept(self) -> int:
        engine = create_engine(self.url)
        with engine.connect() as connection:
            found = connection.scalar(select(func.count()).select_from(cases)) or 0
        engine.dispose()
        return found


@pytest.fixture(scope="module")
def on_postgresql(tmp_path_factory: pytest.TempPathFactory, clean_environment: Mapping[str, str]) -> Iterator[Ground]:
    """On a server of its own."""
    with TemporaryDirectory(prefix="hotline-stops-") as name:
        Path(name).chmod(0o755)  # PostgreSQL runs as another account and passes through here
        server = Server(Path(name), "postgresql")
        harms = {
            "hangs": server.stands_still, "is gone": server.is_gone,
            "is read-only": server.is_read_only, "is full": server.is_full,
        }  # fmt: skip
        with twilio_side(server.begin(), tmp_path_factory.mktemp("hotline"), clean_environment) as twilio:
            yield Ground(twilio, server.url, harms)
        server.end()


@pytest.fixture(scope="module")
def in_a_file(
    tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path, clean_environment: Mapping[str, str]
) -> Iterator[Ground]:
    folder = tmp_path_factory.mktemp("hotline")
    file = Path(shutil.copy(migrated_sqlite, folder / "hotline.sqlite"))
    with twilio_side(f"sqlite:///{file}", folder, clean_environment) as twilio:
        harms = {"is locked": lambda: locked(file), "is full": lambda: nothing_can_grow(twilio.hotline.pid)}
        yield Ground(twilio, f"sqlite:///{file}", harms)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """By somebody who looks into it with another program."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def nothing_can_grow(pid: int) -> Iterator[None]:
    """No process of the hotline can write to any file, as on a full disk; its log neither."""
    for one in family(pid):
        resource.prlimit(one, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    yield
    for one in family(pid):
        resource.prlimit(one, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@pytest.mark.parametrize(
    ("ground", "harm"),
    [
        *(("on_postgresql", harm) for harm in ("hangs", "is gone", "is read-only", "is full")),
        *(("in_a_file", harm) for harm in ("is locked", "is full")),
    ],
)
def test_the_carriers_fallback_speaks_in_time_and_then_we_do(
    request: pytest.FixtureRequest, ground: str, harm: str
) -> None:
    here: Ground = request.getfixturevalue(ground)
    sender = f"+4670174{zlib.crc32(harm.encode()) % 10000:04}"
    for body in TO_CONSENT:
        assert here.say(sender, body)[0] == 200
    before, consent = here.kept(), f"SM{zlib.crc32(harm.encode()):032x}"
    with here.harms[harm](), ThreadPoolExecutor(MANY) as crowd:
        refused = list(crowd.map(lambda _: here.say(sender, "1", consent), range(MANY)))
    assert {status for status, _, _ in refused} == {503}
    assert max(seconds for _, _, seconds in refused) < PATIENCE
    assert "Var är det?" in here.said(sender, "1", consent)
    assert here.kept() == before + 1
