"""A simulated telephone: what its owner does with it and what it shows. What may not enter: how requests are made."""

import threading
from collections import deque
from dataclasses import dataclass

from .simulated_book import Book, Text
from .simulated_call import WITHHELD, Call, Exchange, places
from .simulated_markup import UnknownVerbError, messages_of
from .simulated_wire import DoorError, Wire

MOST_MESSAGES = 200


@dataclass(frozen=True)
class Written:
    """A text in the thread. `mine`: sent from this telephone. `fault`: why no answer came, if it did not."""

    mine: bool
    text: str
    fault: str = ""


class Phone:
    """One at a time holds it: `lock` is shared by all telephones of a carrier."""

    def __init__(self, number: str, *, wire: Wire, exchange: Exchange, book: Book, lock: threading.RLock) -> None:
        self.number = number
        self.messages: deque[Written] = deque(maxlen=MOST_MESSAGES)
        self.current: Call | None = None
        self._wire = wire
        self._exchange = exchange
        self._book = book
        self._lock = lock

    @property
    def busy(self) -> bool:
        """A call rings or goes on."""
        return self.current is not None and self.current.live

    def text(self, line: str, body: str, *, pictures: int = 0) -> list[str]:
        """Text the hotline; the answers, which also stand in the thread."""
        with self._lock:
            self.messages.append(Written(mine=True, text=body))
            at = self._book.now()
            sid = self._book.write(Text(self.number, line, body, "inbound", at, "received", at, pictures=pictures)).sid
            form = {"MessageSid": sid, "SmsSid": sid, "SmsMessageSid": sid, "SmsStatus": "received", "NumSegments": "1"}
            form |= {"From": self.number, "To": line, "Body": body, "NumMedia": str(pictures)}
            form |= {f"MediaContentType{n}": "image/jpeg" for n in range(pictures)}
            form |= {f"MediaUrl{n}": f"https://api.twilio.com/{sid}/{n}" for n in range(pictures)}
            try:
                markup = self._wire.ask("/twilio/sms", {**form, **places(self.number, "From"), **places(line, "To")})
                answers = messages_of(markup)
            except (DoorError, UnknownVerbError) as error:
                self.messages.append(Written(mine=False, text="", fault=str(error)))
                return []
            for answer in answers:
                at = self._book.now()
                self._book.write(Text(line, self.number, answer, "outbound-reply", at, "delivered", at))
                self.messages.append(Written(mine=False, text=answer))
            return answers

    def call(self, line: str, *, hidden: bool = False) -> Call:
        """Call the hotline; nothing happens while a call goes on."""
        with self._lock:
            if self.current is not None and self.current.live:
                return self.current
            sender = WITHHELD if hidden else self.number
            at = self._book.now()
            self.current = self._book.write_call(Call(self.number, sender, line, "inbound", at, "/twilio/voice"))
            self.current.outcome, self.current.started = "ringing", at
            self._exchange.answer(self.current)
            return self.current

    def pick_up(self) -> None:
        """Answer what rings."""
        with self._lock:
            if self.current is not None and self.current.outcome == "ringing":
                self._exchange.answer(self.current)

    def reject(self) -> None:
        """Refuse what rings: the caller hears that it is busy."""
        self._stop("busy", only="ringing")

    def ignore(self) -> None:
        """Let it ring until the carrier gives up."""
        self._stop("no-answer", only="ringing")

    def hang_up(self) -> None:
        """End the call; a telephone that only rings is refused."""
        self.reject()
        self._stop("completed", only="in-progress")

    def press(self, keys: str) -> None:
        """Keys 0-9, * and #."""
        with self._lock:
            if self.current is not None and self.current.live:
                self._exchange.press(self.current, keys)

    def speak(self, words: str) -> None:
        """Say something."""
        with self._lock:
            if self.current is not None and self.current.live:
                self._exchange.speak(self.current, words)

    def keep_silent(self) -> None:
        """Say and press nothing until the carrier stops waiting."""
        with self._lock:
            if self.current is not None and self.current.live:
                self._exchange.keep_silent(self.current)

    def _stop(self, outcome: str, *, only: str) -> None:
        with self._lock:
            if self.current is not None and self.current.outcome == only:
                self._exchange.end(self.current, outcome)

    def shown(self) -> dict[str, object]:
        """What its screen shows, as plain values for a page."""
        with self._lock:
            if self.current is not None:
                self._exchange.lose_patience(self.current)
            messages = [{"mine": w.mine, "text": w.text, "fault": w.fault} for w in self.messages]
            return {"number": self.number, "messages": messages, "call": shown_call(self.current)}


def shown_call(call: Call | None) -> dict[str, object] | None:
    """A call, as plain values; None before the first one."""
    if call is None:
        return None
    spoken = [{"n": n, "text": s.text, "language": s.language, "recording": s.recording} for n, s in call.spoken]
    return {
        "sid": call.sid,
        "outcome": call.outcome,
        "incoming": call.direction != "inbound",
        "live": call.live,
        "with": call.to if call.direction == "inbound" else call.sender,
        "hidden": call.sender == WITHHELD,
        "spoken": spoken,
        "listening": call.listening is not None,
        "speech": call.listening is not None and call.listening.speech,
        "typed": len(call.typed),
        "ringing_on": call.leg is not None and not call.bridged,
        "bridged": call.bridged,
        "fault": call.fault,
    }
