"""Random alterations, and a lock to try them at in this process: as many as one has time for."""

import random
from dataclasses import dataclass, replace

from tests.web.doors import Door, make_door
from tests.web.forged.requests import KEYS, Genuine, Sent

RANDOM = random.Random
BITS = 8


@dataclass(frozen=True)
class Lock:
    """The doors in this process, with a store in memory."""

    door: Door

    def knock(self, sent: Sent) -> int:
        """Through WSGI, with the target as it was written."""
        path, _, query = sent.target.partition("?")
        answer = self.door.app.test_client().open(
            path, method=sent.method, data=sent.body, headers=list(sent.headers), query_string=query,
            environ_overrides={"RAW_URI": sent.target, "REQUEST_URI": sent.target},
        )  # fmt: skip
        return int(answer.status_code)


def lock() -> Lock:
    """A fresh one."""
    return Lock(make_door(keys=KEYS))


def altered(one: Genuine, chance: RANDOM) -> Sent:
    """One to three bytes of body, target or signature changed, taken away or put in."""
    sent = one.sent()
    for _ in range(chance.randint(1, 3)):
        match chance.randrange(4):
            case 0 | 1:
                sent = replace(sent, body=bent(sent.body, chance))
            case 2:
                tail = bent(sent.target[8:].encode(), chance).decode("latin-1")
                sent = replace(sent, target=f"/twilio/{printable(tail)}")
            case _:
                name, value = sent.headers[1]
                bad = printable(bent(value.encode(), chance).decode("latin-1"))
                sent = replace(sent, headers=(sent.headers[0], (name, bad), *sent.headers[2:]))
    return sent


def bent(told: bytes, chance: RANDOM) -> bytes:
    place = chance.randrange(len(told) + 1)
    match chance.randrange(3):
        case 0 if place < len(told):
            return told[:place] + bytes([told[place] ^ (1 << chance.randrange(BITS))]) + told[place + 1 :]
        case 1:
            return told[:place] + told[place + 1 :]
        case _:
            return told[:place] + bytes([chance.randrange(256)]) + told[place:]


def printable(text: str) -> str:
    """What can stand in a line of HTTP."""
    return "".join(letter if "!" <= letter <= "~" and letter != "#" else "_" for letter in text)
