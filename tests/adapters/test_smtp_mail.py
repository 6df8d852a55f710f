"""Mail through a server on this machine, and what becomes of its refusals."""

import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from hotline.adapters.no_mail import NoMail
from hotline.adapters.smtp_mail import SmtpMail
from hotline.ports import CarrierError


@dataclass
class Server:
    """The smallest mail server: answers each command; `rcpt` is its answer to a receiver."""

    rcpt: str = "250 ok"
    got: list[str] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Answering(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 here")
            for raw in self.rfile:
                command = raw.decode().strip()
                state.got.append(command)
                answers = {"RCPT": state.rcpt, "DATA": "354 go on", "QUIT": "221 bye", ".": "250 taken"}
                if command[:4].upper() in {"EHLO", "MAIL", "RSET"}:
                    self.say("250 ok")
                elif command[:4].upper() in answers:
                    self.say(answers[command[:4].upper()])

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Answering) as listening:
        threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True).start()
        state.url = f"smtp://127.0.0.1:{listening.server_address[1]}"
        yield state
        listening.shutdown()


def test_a_mail_is_handed_to_the_server(server: Server) -> None:
    mail_id = SmtpMail(server.url, "hotline@example.org").send(to="a@example.org", subject="Nytt K7Q2", body="Väntar")
    assert mail_id.endswith("@example.org>")
    assert "Subject: Nytt K7Q2" in server.got
    assert any(line.lower().startswith("rcpt to:<a@example.org>") for line in server.got)


@pytest.mark.parametrize(("answer", "hard"), [("550 nobody", True), ("450 later", False)])
def test_a_refused_receiver_is_hard_only_for_ever(server: Server, answer: str, hard: bool) -> None:  # noqa: FBT001 - a row of the table
    server.rcpt = answer
    with pytest.raises(CarrierError) as refused:
        SmtpMail(server.url, "hotline@example.org").send(to="a@example.org", subject="s", body="b")
    assert refused.value.hard == hard


def test_a_server_that_is_away_is_asked_again_later() -> None:
    with pytest.raises(CarrierError) as refused:
        SmtpMail("smtp://127.0.0.1:9", "hotline@example.org").send(to="a@example.org", subject="s", body="b")
    assert not refused.value.hard


def test_without_a_server_mail_is_refused_at_once() -> None:
    with pytest.raises(CarrierError) as refused:
        NoMail().send(to="a@example.org", subject="s", body="b")
    assert refused.value.hard
