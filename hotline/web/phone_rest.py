"""The stand-in for the carrier's REST addresses: HTTP's words only; what is done is the simulated carrier's."""

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Protocol

from flask import Blueprint, Response, abort, jsonify, request

SILENT = 0  # the status of an answer that never comes
LONGER_THAN_ANYBODY_WAITS = 7.0  # seconds; see the time-out of twilio_carrier

Answer = tuple[int, dict[str, object]]
Hang = Callable[[], object]


class Exchange(Protocol):
    """What stands behind the addresses; each answer is an HTTP status and a resource."""

    @property
    def account_sid(self) -> str: ...
    @property
    def auth_token(self) -> str: ...
    def accept_message(self, form: Mapping[str, str]) -> Answer: ...
    def accept_call(self, form: Mapping[str, str], events: Sequence[str]) -> Answer: ...
    def message(self, sid: str) -> Answer: ...
    def messages(self, query: Mapping[str, str]) -> Answer: ...
    def calls(self, query: Mapping[str, str]) -> Answer: ...
    def redact(self, sid: str) -> Answer: ...
    def media(self, sid: str) -> Answer: ...
    def drop_media(self, sid: str) -> Answer: ...
    def recordings(self) -> Answer: ...
    def call_resource(self, sid: str) -> Answer: ...


def make_the_caller_wait() -> None:
    """Until they have given up."""
    time.sleep(LONGER_THAN_ANYBODY_WAITS)


def make_rest_blueprint(exchange: Exchange, hang: Hang = make_the_caller_wait) -> Blueprint:
    """/simulator/2010-04-01/Accounts/<sid>/…, locked by the account and its token. `hang`: lets whoever asks wait."""
    answered = partial(as_json, hang=hang)
    rest = Blueprint("rest", __name__, url_prefix="/simulator/2010-04-01/Accounts/<account>")
    rest.url_value_preprocessor(lambda _, values: (values or {}).pop("account", None))

    @rest.before_request
    def refuse_wrong_tokens() -> None:
        given = request.authorization
        name, token = (given.username or "", given.password or "") if given else ("", "")
        known = f"{exchange.account_sid}:{exchange.auth_token}".encode()
        if not secrets.compare_digest(f"{name}:{token}".encode(), known):
            abort(401)

    @rest.route("/Messages.json", methods=["GET", "POST"])
    def messages() -> Response:
        if request.method == "GET":
            return answered(exchange.messages(request.args.to_dict()))
        return answered(exchange.accept_message(request.form.to_dict()))

    @rest.route("/Messages/<sid>.json", methods=["GET", "POST", "DELETE"])
    def message(sid: str) -> Response:
        return answered(exchange.message(sid) if request.method == "GET" else exchange.redact(sid))

    @rest.route("/Calls.json", methods=["GET", "POST"])
    def calls() -> Response:
        if request.method == "GET":
            return answered(exchange.calls(request.args.to_dict()))
        return answered(exchange.accept_call(request.form.to_dict(), request.form.getlist("StatusCallbackEvent")))

    @rest.get("/Calls/<sid>.json")
    def call(sid: str) -> Response:
        return answered(exchange.call_resource(sid))

    add_what_is_kept(rest, exchange, answered)
    return rest


def add_what_is_kept(rest: Blueprint, exchange: Exchange, answered: Callable[[Answer], Response]) -> None:
    """Pictures that came with texts, and recordings of calls."""

    @rest.get("/Messages/<sid>/Media.json")
    def pictures(sid: str) -> Response:
        return answered(exchange.media(sid))

    @rest.delete("/Messages/<sid>/Media/<_picture>.json")
    def picture(sid: str, _picture: str) -> Response:
        return answered(exchange.drop_media(sid))

    @rest.get("/Recordings.json")
    def recordings() -> Response:
        return answered(exchange.recordings())


def as_json(answer: Answer, *, hang: Hang) -> Response:
    """The answer over HTTP; one that never comes is waited for in vain."""
    status, resource = answer
    if status == SILENT:
        hang()
    response = jsonify(resource)
    response.status_code = status or 504
    return response
