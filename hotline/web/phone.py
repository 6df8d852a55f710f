"""The page with simulated telephones, and the doors that its buttons use. It exists only with the simulator.

Nothing is decided here: a button moves a telephone, and the telephone speaks to the hotline as the carrier would.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files
from ipaddress import ip_address
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import phonenumbers
from flask import Blueprint, Response, abort, jsonify, render_template, request
from ruamel.yaml import YAML

from hotline.core.alert import Contact, Means
from hotline.core.municipality import Municipality
from hotline.web.bundle import the_hotline
from hotline.web.phone_rest import Exchange, make_rest_blueprint

CALLERS = re.compile(r"\+467017406[1-9]\d")  # numbers that PTS keeps for fiction: they can belong to nobody
LONGEST_TEXT = 1600  # as the carrier takes
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; media-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
TEXTS = Path(str(files("hotline"))).parent / "flows" / "phone" / "sv.yaml"


class Telephone(Protocol):
    """What its owner can do with a telephone."""

    def text(self, line: str, body: str) -> object: ...
    def call(self, line: str, *, hidden: bool) -> object: ...
    def press(self, keys: str) -> None: ...
    def keep_silent(self) -> None: ...
    def pick_up(self) -> None: ...
    def reject(self) -> None: ...
    def ignore(self) -> None: ...
    def hang_up(self) -> None: ...
    def shown(self) -> dict[str, object]: ...


class Simulated(Exchange, Protocol):
    """The simulated carrier, as the page needs it."""

    def phone(self, number: str) -> Telephone: ...
    def suffer(self, fault: str, *, times: int | None, number: str | None) -> None:
        """Raises ValueError for a fault that there is not."""

    def heal(self) -> None: ...
    def suffered(self) -> list[dict[str, object]]: ...


Towns = Callable[[], Mapping[str, Municipality]]
States = Callable[[], list[dict[str, str]]]


def make_blueprint(simulated: Simulated, states: States, towns: Towns | None = None) -> Blueprint:
    """`states`: cases, each name → value as shown. `towns`: municipalities; without it those of the hotline."""
    page = Page(simulated, states, towns or (lambda: the_hotline().municipalities))
    blueprint = Blueprint(
        "phone", __name__, static_folder="static", static_url_path="/phone/static", template_folder="templates"
    )
    doors = Blueprint("doors", __name__, url_prefix="/phone")
    doors.before_request(refuse_strangers)
    doors.add_url_rule("", view_func=page.show)
    doors.add_url_rule("/state", view_func=page.state)
    doors.add_url_rule("/suffer", view_func=page.suffer, methods=["POST"])
    doors.add_url_rule("/heal", view_func=page.heal, methods=["POST"])
    doors.add_url_rule("/<act>", view_func=page.act, methods=["POST"])
    doors.add_url_rule("/desk/<int:place>/<act>", view_func=page.act, methods=["POST"])
    # The terminal's `simulate` uses the same telephones as the page.
    blueprint.record(lambda made: made.app.extensions.update({"hotline.simulated": simulated}))
    blueprint.register_blueprint(doors)
    blueprint.register_blueprint(make_rest_blueprint(simulated))
    return blueprint


def refuse_strangers() -> None:
    """Only this machine's own page: not another computer, not another site open in the same browser."""
    host = urlsplit(f"//{request.host}").hostname or ""
    if not (is_loopback(request.remote_addr or "127.0.0.1") and is_loopback(host)):
        abort(403)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(403)
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.host:
        abort(403)
    # A form of another site can be sent without asking first; JSON cannot.
    if request.method == "POST" and not request.is_json:
        abort(415)


def is_loopback(host: str) -> bool:
    """Whether it names this machine only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Page:
    """The doors. The first municipality is shown unless `?municipality=` names another one."""

    def __init__(self, simulated: Simulated, states: States, towns: Towns) -> None:
        self._simulated = simulated
        self._states = states
        self._towns = towns

    def show(self) -> Response:
        """GET /phone."""
        texts = YAML(typ="safe").load(TEXTS)
        town, towns = self._town(), self._towns()
        desk = list(desk_of(town))
        line = written(town.lines[0])
        html = render_template(
            "phone.html", t=texts, texts=json.dumps(texts), town=town, towns=towns, desk=desk, line=line
        )
        return Response(html, headers={"Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer"})

    def state(self) -> Response:
        """GET /phone/state?caller=+46…: everything the page shows."""
        caller = self._simulated.phone(self._caller(request.args.get("caller")))
        desk = [self._simulated.phone(contact["number"]).shown() for contact in desk_of(self._town())]
        faults = self._simulated.suffered()
        answer = jsonify(caller=caller.shown(), desk=desk, cases=self._states(), faults=faults)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def act(self, act: str, place: int | None = None) -> tuple[str, int]:
        """POST /phone/<act> by the neighbour, /phone/desk/<place>/<act> by social services; 204."""
        told = self._told()
        number = self._caller(told.get("caller")) if place is None else self._number(place)
        perform(self._simulated.phone(number), act, self._town().lines[0], told)
        return "", 204

    def suffer(self) -> tuple[str, int]:
        """POST /phone/suffer: something goes wrong, once or from now on, with one telephone or with all; 204."""
        told = self._told()
        place = told.get("place")
        number = self._number(place) if isinstance(place, int) else None
        try:
            self._simulated.suffer(str(told.get("fault")), times=1 if told.get("once") is True else None, number=number)
        except ValueError:
            abort(404)
        return "", 204

    def heal(self) -> tuple[str, int]:
        """POST /phone/heal: nothing goes wrong any more; 204."""
        self._simulated.heal()
        return "", 204

    def _told(self) -> Mapping[str, object]:
        told = request.get_json()
        return told if isinstance(told, dict) else abort(400)

    def _number(self, place: int) -> str:
        """Of the telephone at this place at social services."""
        contacts = list(desk_of(self._town()))
        return contacts[place]["number"] if 0 <= place < len(contacts) else abort(404)

    def _town(self) -> Municipality:
        towns = self._towns()
        named = request.args.get("municipality") or next(iter(towns))
        return towns[named] if named in towns else abort(404)

    def _caller(self, number: object) -> str:
        return number if isinstance(number, str) and CALLERS.fullmatch(number) else abort(400)


def perform(phone: Telephone, act: str, line: str, told: Mapping[str, object]) -> None:
    """One button. 404 for a button that there is not."""
    match act:
        case "text":
            phone.text(line, str(told.get("body", ""))[:LONGEST_TEXT])
        case "call":
            phone.call(line, hidden=told.get("hidden") is True)
        case "press":
            phone.press("".join(key for key in str(told.get("keys", "")) if key in "0123456789*#")[:30])
        case "silence":
            phone.keep_silent()
        case "pick-up":
            phone.pick_up()
        case "reject":
            phone.reject()
        case "ignore":
            phone.ignore()
        case "hang-up":
            phone.hang_up()
        case _:
            abort(404)


def desk_of(town: Municipality) -> Iterator[dict[str, str]]:
    """The telephones of a municipality's social services, each once: number, name, how it is written, PIN, kind."""
    yield described(town.desk or Contact(town.name, Means.CALL, town.telephone), town)
    known = {town.desk.address if town.desk else town.telephone}
    for contact in (contact for level in (*town.by_day, *town.by_night) for contact in level.contacts):
        if contact.means is not Means.EMAIL and contact.address not in known:
            known.add(contact.address)
            yield described(contact, town)


def described(contact: Contact, town: Municipality) -> dict[str, str]:
    """One telephone for the page."""
    number = town.telephone_shown if contact.address == town.telephone else written(contact.address)
    fixed = phonenumbers.number_type(phonenumbers.parse(contact.address)) == phonenumbers.PhoneNumberType.FIXED_LINE
    kind = "landline" if fixed else "mobile"
    return {"number": contact.address, "name": contact.name, "written": number, "pin": contact.pin, "kind": kind}


def written(number: str) -> str:
    """As people write it in Sweden."""
    return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.NATIONAL)
