"""What people say, in five scripts, goes through everything; afterwards it stands nowhere that anybody can read it.

Web server and worker are processes. Searched: database files with their journal, PostgreSQL's whole data folder,
backups, logs, metrics, answers to errors, temporary files, and what is sent to the carrier.
"""

import os
import signal
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from hotline.adapters.store import SqlStore
from hotline.adapters.system_clock import SystemClock
from tests import canaries, postgres
from tests.backups import backup
from tests.canaries import NUMBERS, WORDS, files_below, found_in, found_in_files, message, needles
from tests.stories.twilio_side import LINE, Twilio, action, twilio_side

KEYRING = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE"  # running() gives it to its processes
METRICS = "a token for metrics"
DIGITS = ("2", "2", "2", "1", "2")
KEYS = ("2", "2", "2", "1", "1", f"0{NUMBERS['given'][3:]}", "1", "1")


@dataclass
class Sent:
    """Sends canaries everywhere, and keeps what comes back to those who may not read a case."""

    twilio: Twilio
    answers: list[str] = field(default_factory=list)
    number: int = 0

    def text(self, body: str, **other: str) -> None:
        self.number += 1
        self.answers.append(self.twilio.text(self.number, body, **other)[1])

    def everything(self) -> None:
        for script in WORDS:
            self.by_text(script)
            self.twilio.called()  # for the first text: a report by telephone holds no words that could be read out
            self.by_call(script)
            self.what_is_refused(script)

    def by_text(self, script: str) -> None:
        """Words before consent, the place, and more words after it; then a photo with words."""
        for body in (message(script, "Namn"), *DIGITS, message(script, "Plats"), message(script, "Mer")):
            self.text(body, From=NUMBERS[script])
        picture = {"NumMedia": "1", "MediaUrl0": f"https://api.twilio.com/{WORDS[script]}"}
        self.text(message(script, "Bild"), From=NUMBERS[script], **picture)

    def by_call(self, script: str) -> None:
        """Speech, keys, a number typed in, and a hang-up."""
        form = {"CallSid": f"CA{script.encode().hex():0>32}", "From": NUMBERS["caller"], "To": LINE}
        answer = self.twilio.post("/twilio/voice", **form)[1]
        for said in ({"SpeechResult": message(script, "Tal")}, *({"Digits": keys} for keys in KEYS)):
            self.answers.append(answer)
            if "<Dial" in answer:
                answer = self.twilio.post(action(answer), **form, DialCallStatus="busy")[1]
            if "action=" not in answer:
                break
            answer = self.twilio.post(action(answer), **form, **said)[1]
        self.twilio.post("/twilio/status", **form, CallStatus="completed", Direction="inbound")

    def what_is_refused(self, script: str) -> None:
        """Unsigned, to a number that is not ours, from no number, without an id, no HTTP at all, no such door."""
        word, body = WORDS[script], message(script, "Fel")
        refused = {"From": NUMBERS["refused"], "Body": body}
        self.answers.append(self.twilio.post("/twilio/sms", token="another", **refused)[1])  # noqa: S106 - a wrong one
        self.text(body, To="+46701740699", From=NUMBERS["refused"])
        self.text(body, From=word)
        self.text(body, MessageSid="", From=NUMBERS["refused"])
        self.answers.append(self.twilio.post(f"/twilio/alert/{word.encode().hex()}/0", **refused)[1])
        address, content = word.encode(), body.encode()
        for raw in (
            b"GET /" + address + b"?" + content.replace(b" ", b"+") + b" HTTP/1.1\r\nHost: x\r\n\r\n",
            b"POST /twilio/sms HTTP/1.1\r\nHost: x\r\n" + content + b"\r\n\r\n",
            b"POST /twilio/sms HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n" + content * 9,
            content + b"\r\n\r\n",
        ):
            self.answers.append(self.raw(raw))

    def raw(self, told: bytes) -> str:
        with socket.create_connection(("127.0.0.1", self.twilio.hotline.port), timeout=10) as line:
            with suppress(OSError):
                line.sendall(told)
                line.shutdown(socket.SHUT_WR)
            with suppress(OSError):
                return line.recv(65536).decode("utf-8", "replace")
        return ""

    def while_something_is_broken(self, url: str) -> None:
        """A table is away while people write; then an answer that was kept cannot be opened."""
        change(url, "ALTER TABLE addenda RENAME TO away")
        self.by_text("latin")
        change(url, "ALTER TABLE away RENAME TO addenda")
        change(url, "UPDATE turns SET sealed_answer = carrier_hash")
        self.twilio.text(1, message("latin", "Igen"), From=NUMBERS["latin"])

    def until_it_is_killed(self) -> None:
        """With -9, all its processes, while people write."""
        writing = threading.Thread(target=self.go_on_writing)
        writing.start()
        time.sleep(0.3)
        for pid in processes_of(self.twilio.hotline.environment["HOTLINE_PORT"]):
            with suppress(ProcessLookupError):  # they end with their parent
                os.kill(pid, signal.SIGKILL)
        writing.join()

    def go_on_writing(self) -> None:
        with suppress(OSError):
            for _ in range(50):
                self.by_text("cyrillic")


def change(url: str, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def processes_of(port: str) -> list[int]:
    """All that were started with this port in their environment: `serve`, web server, worker."""
    mark, found = f"HOTLINE_PORT={port}".encode(), []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and folder.name != str(os.getpid()):
            with suppress(OSError):
                if mark in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
    return found


@pytest.fixture
def sent(database_url: str, tmp_path: Path, clean_environment: Mapping[str, str]) -> Iterator[Sent]:
    """Temporary files of its processes lie below `tmp_path`, too."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    more = {"HOTLINE_METRICS_TOKEN": METRICS, "TMPDIR": str(temporary)}
    with twilio_side(database_url, tmp_path, clean_environment, more=more) as twilio:
        yield Sent(twilio)


def metrics_of(sent: Sent) -> str:
    address = f"{sent.twilio.hotline.address}/metrics"
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {METRICS}"})  # noqa: S310 - our own
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own address
        return str(answer.read().decode())


def data_folder(url: str, begun: float) -> list[Path]:
    """PostgreSQL's own files, brought up to date: all that were written since; none if it is on another machine."""
    if url.startswith("sqlite"):
        return []
    postgres.run(url, "SELECT pg_switch_wal()", "CHECKPOINT")
    engine = create_engine(url)
    with engine.connect() as connection:
        folder = Path(str(connection.scalar(text("SHOW data_directory"))))
    engine.dispose()
    return files_below(folder, begun)


def kept(url: str) -> str:
    """Every case, opened with the keyring."""
    store, at = SqlStore(url, KEYRING), SystemClock().now()
    with store.begin() as work:
        cases = [work.read_case(alert.reference, "test", at) for alert in work.waiting_alerts(99)]
    store.close()
    told = [(case.report.own_words, case.report.caller, [one.text for one in case.addenda]) for case in cases if case]
    return str(told)


def test_what_was_said_is_found_nowhere_afterwards(sent: Sent, database_url: str, tmp_path: Path) -> None:
    begun = tmp_path.stat().st_mtime
    sent.everything()
    asked, read = sent.twilio.read_out()
    opened = kept(database_url)
    sent.while_something_is_broken(database_url)
    shown = [metrics_of(sent), *sent.answers, asked, str(sent.twilio.rest.taken)]
    sent.until_it_is_killed()
    assert found_in_files(files_below(tmp_path)) == []
    backup(database_url, tmp_path / "backup")
    assert [name for answer in shown for name in found_in(answer.encode(), needles())] == []
    assert found_in_files([tmp_path / "backup", *data_folder(database_url, begun)]) == []
    assert "latin, utf-8" in found_in(read.encode(), needles())
    absent = [said for said in (*WORDS.values(), *NUMBERS.values()) if said not in opened]
    assert absent == [NUMBERS["caller"], NUMBERS["refused"]]  # whoever gives another number has not given this one


@pytest.mark.parametrize("name", list(canaries.forms(WORDS["arabic"])))
def test_every_form_would_be_found_wherever_it_lies(name: str, tmp_path: Path) -> None:
    whole = message("arabic", "Namn") if "base64" in name else WORDS["arabic"]
    leak = b"\0" * (canaries.LONGEST_PIECE - 5) + canaries.forms(whole)[name] + b"\0" * 99
    (tmp_path / "leak").write_bytes(leak)
    assert [found for found in found_in_files(files_below(tmp_path)) if "arabic" in found]
