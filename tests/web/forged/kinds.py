"""Every kind of alteration, each a function from a genuine request to what is sent in its place.

`Kind.statuses`: what it is answered with; anything but 403 is HTTP's own refusal before any lock, and says why.
`Kind.twilio_accepts`: Twilio's validator would let it pass, and we do not; says why.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.web.forged.requests import Genuine, Sent

REFUSED = frozenset({403})
NO_SUCH_DOOR = frozenset({404})  # another path is another door, and there is none
NO_SUCH_METHOD = frozenset({405})  # the door takes POST only
NOT_HTTP = frozenset({400, 501})  # the server cannot read it as a request

KINDS: list["Kind"] = []
Alteration = Callable[[Genuine], Sent]


@dataclass(frozen=True)
class Kind:
    """One kind. `packed`: the body is not the form but a packing of it (chunks, parts); the oracle gets the form."""

    name: str
    alter: Alteration
    statuses: frozenset[int] = REFUSED
    twilio_accepts: str = ""
    packed: bool = False


def kind(
    statuses: frozenset[int] = REFUSED, *, twilio_accepts: str = "", packed: bool = False
) -> Callable[[Alteration], Alteration]:
    """Puts an alteration on the list, under its own name."""

    def kept(alter: Alteration) -> Alteration:
        name = alter.__name__.replace("_", " ")
        KINDS.append(Kind(name, alter, statuses, twilio_accepts, packed))
        return alter

    return kept


def every(names: dict[str, Alteration], statuses: frozenset[int] = REFUSED) -> None:
    """Several that differ in one word."""
    KINDS.extend(Kind(name, alter, statuses) for name, alter in names.items())
