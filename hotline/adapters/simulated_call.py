"""One simulated call as Twilio would walk it: speaks, listens, rings on, ends. What may not enter: telephones, texts.

https://www.twilio.com/docs/voice/twiml tells the order of things; the names of parameters are Twilio's.
"""

import secrets
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from .simulated_faults import Fault, delays
from .simulated_markup import End, Go, Listen, Ring, Speak, UnknownVerbError, Verb, verbs_of
from .simulated_wire import DoorError, Later, Wire

MOST_SPOKEN = 100
MOST_DOCUMENTS = 20  # in one go, without the caller doing anything: more is a loop
LIVE = ("queued", "ringing", "in-progress")
WITHHELD = "anonymous"


@dataclass
class Call:
    """`phone`: the number of the telephone that hears it. `outcome`: Twilio's CallStatus.

    `callback`: where its progress is posted; `events`: which. `url`: what to ask when it is picked up.
    `patience`: seconds that it rings. `created`: when the carrier first heard of it; `started`: when it was dialled;
    `begun`: when it began to ring, then when it was picked up. `rang`: on the telephone itself. `telling`: what is
    wrong with what the carrier says of it.
    """

    phone: str
    sender: str
    to: str
    direction: str
    created: datetime
    url: str = ""
    callback: str = ""
    events: Sequence[str] = ("completed",)
    parent: "Call | None" = None
    sid: str = field(default_factory=lambda: f"CA{secrets.token_hex(16)}")
    outcome: str = "ringing"
    spoken: deque[tuple[int, Speak]] = field(default_factory=lambda: deque(maxlen=MOST_SPOKEN))
    said: int = 0
    rest: list[Verb] = field(default_factory=list)
    document: str = "/"
    listening: Listen | None = None
    typed: str = ""
    dialling: Ring | None = None
    leg: "Call | None" = None
    bridged: bool = False
    fault: str = ""
    posted: int = 0
    patience: int = 60
    begun: datetime = field(init=False)
    started: datetime | None = None
    ended: datetime | None = None
    rang: bool = False
    telling: Fault | None = None

    def __post_init__(self) -> None:
        self.begun = self.created

    @property
    def live(self) -> bool:
        """Not ended yet."""
        return self.outcome in LIVE

    def hear(self, speak: Speak) -> None:
        """Kept, numbered, so that a page knows what is new."""
        self.said += 1
        self.spoken.append((self.said, speak))


class Exchange:
    """Walks calls. `ring(call)` makes the callee's telephone ring; else it gives the call's outcome, such as busy."""

    def __init__(
        self,
        wire: Wire,
        ring: Callable[[Call], str],
        status_path: str,
        *,
        now: Callable[[], datetime],
        later: Later,
    ) -> None:
        self.now = now
        self._wire = wire
        self._ring = ring
        self._status_path = status_path
        self._later = later

    def answer(self, call: Call) -> None:
        """The called telephone is picked up, or our line answers: the first document."""
        call.outcome = "in-progress"
        call.begun = self.now()
        self.progress(call, "answered")
        if call.url:
            self._go(call, call.url)
        else:
            self._ended_document(call)

    def press(self, call: Call, keys: str) -> None:
        """Keys, one at a time; those that nobody waits for are lost, as on a real line."""
        for key in keys:
            if call.listening is None:
                return
            if key == call.listening.finish:
                self._heard(call, call.typed, key)
                continue
            call.typed += key
            if call.listening.keys and len(call.typed) >= call.listening.keys:
                self._heard(call, call.typed, "")

    def speak(self, call: Call, words: str) -> None:
        """Words, where speech is listened for."""
        if call.listening is not None and call.listening.speech:
            listen, call.listening = call.listening, None
            self._go(call, listen.action, {"SpeechResult": words, "Confidence": "0.9", "Language": "sv-SE"})

    def keep_silent(self, call: Call) -> None:
        """The waiting time runs out."""
        if call.listening is None:
            return
        if call.typed or call.listening.always:
            self._heard(call, call.typed, "")
            return
        call.listening = None
        self._run(call)

    def end(self, call: Call, outcome: str = "completed") -> None:
        """Either side hangs up, refuses (busy), or nobody answers (no-answer)."""
        if not call.live:
            return
        call.outcome, call.listening, call.rest, call.ended = outcome, None, [], self.now()
        leg, call.leg = call.leg, None
        if leg is not None:
            self.end(leg, "completed" if leg.bridged else "canceled")
        self.progress(call, "completed")
        if call.parent is not None and call.parent.live:
            self._dialled(call.parent, call)

    def lose_patience(self, call: Call) -> None:
        """A telephone that has rung long enough is not answered."""
        if call.outcome == "ringing" and self.seconds(call) >= call.patience:
            self.end(call, "no-answer")

    def seconds(self, call: Call) -> int:
        """How long it has rung, or lasted."""
        return int((self.now() - call.begun).total_seconds())

    def progress(self, call: Call, event: str) -> None:
        """Tell the callback what happened, if it asked for that. A lost callback hurts nobody, as with the carrier."""
        path = self._status_path if call.direction == "inbound" else call.callback
        if not path or event not in call.events:
            return
        more = {"CallbackSource": "call-progress-events", "SequenceNumber": str(call.posted)}
        if event == "initiated":
            more["CallStatus"] = event
        elif event == "completed":
            more |= {"CallDuration": str(self.seconds(call)), "Duration": "1"}
        form = {**parameters(call), **more}
        for late in delays(call.telling, call.posted):
            if late:
                self._later(partial(self.report, path, form), late)
            else:
                call.fault = self.report(path, form) or call.fault
        call.posted += 1

    def report(self, callback: str, form: Mapping[str, str]) -> str:
        """Post to a callback address; what went wrong, or nothing."""
        try:
            self._wire.ask(self._wire.path(callback), form)
        except DoorError as error:
            return str(error)
        return ""

    def _heard(self, call: Call, keys: str, finished: str) -> None:
        if call.listening is None:
            return
        listen, call.listening, call.typed = call.listening, None, ""
        self._go(call, listen.action, {"Digits": keys, "FinishedOnKey": finished, "msg": "Gather End"})

    def _go(self, call: Call, to: str, more: Mapping[str, str] | None = None) -> None:
        """The next document, and what it says; without an address the same document again."""
        try:
            call.document = self._wire.path(to or call.document, call.document)
            call.rest = verbs_of(self._wire.ask(call.document, {**parameters(call), **(more or {})}))
        except (DoorError, UnknownVerbError) as error:
            call.fault = str(error)
            call.hear(Speak("We are sorry, an application error has occurred. Goodbye.", "en-GB"))
            self.end(call, "failed" if call.direction == "inbound" else "completed")
            return
        self._run(call)

    def _run(self, call: Call) -> None:
        for _ in range(MOST_DOCUMENTS):
            if not call.rest:
                self._ended_document(call)
                return
            match call.rest.pop(0):
                case Speak() as speak:
                    call.hear(speak)
                case Listen() as listen:
                    self._listen(call, listen)
                    return
                case Ring() as ring:
                    self._dial(call, ring)
                    return
                case Go(to=to):
                    self._go(call, to)
                    return
                case End():
                    self.end(call)
                    return

    def _listen(self, call: Call, listen: Listen) -> None:
        for prompt in listen.prompts:
            call.hear(prompt)
        call.listening, call.typed = listen, ""

    def _ended_document(self, call: Call) -> None:
        """Nothing left to do: a called leg is connected, any other call ends."""
        if call.parent is not None and call.parent.live:
            call.bridged = call.parent.bridged = True
        else:
            self.end(call)

    def _dial(self, call: Call, ring: Ring) -> None:
        sender = ring.caller_id or call.sender
        whisper = self._wire.path(ring.whisper, call.document) if ring.whisper else ""
        at = self.now()
        leg = Call(ring.number, sender, ring.number, "outbound-dial", at, whisper, parent=call, patience=ring.seconds)
        call.dialling, call.leg = ring, leg
        if outcome := self._ring(leg):
            self.end(leg, outcome)

    def _dialled(self, call: Call, leg: Call) -> None:
        """The dialled leg is over: the caller goes on, told how it went."""
        ring, call.dialling, call.leg, call.bridged = call.dialling, None, None, False
        if ring is None or not ring.action:
            self._run(call)
            return
        more = {"DialCallStatus": leg.outcome, "DialCallSid": leg.sid}
        if leg.outcome == "completed":
            more |= {"DialCallDuration": str(self.seconds(leg)), "DialBridged": str(leg.bridged).lower()}
        self._go(call, ring.action, more)


def parameters(call: Call) -> dict[str, str]:
    """What the carrier says of a call with every request."""
    named = {"CallSid": call.sid, "CallStatus": call.outcome, "Direction": call.direction}
    if call.parent is not None:
        named["ParentCallSid"] = call.parent.sid
    ends = {"From": call.sender, "Caller": call.sender, "To": call.to, "Called": call.to}
    return {**named, **ends, **places(call.sender, "From", "Caller"), **places(call.to, "To", "Called")}


def places(number: str, *ends: str) -> dict[str, str]:
    """City, state and zip come empty in Sweden; the country is empty, too, when the number is withheld."""
    country = "SE" if number.startswith("+46") else ""
    empty = {f"{end}{part}": "" for end in ends for part in ("City", "State", "Zip")}
    return {**empty, **{f"{end}Country": country for end in ends}}
