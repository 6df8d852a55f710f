"""Alterations of the address and the method: what was signed is another address than the one that is asked for."""

from dataclasses import replace

from tests.web.doors import PUBLIC
from tests.web.forged.kinds import NO_SUCH_DOOR, NO_SUCH_METHOD, NOT_HTTP, every, kind
from tests.web.forged.requests import Genuine, Sent, doors, path_of, sign

HOST = PUBLIC.removeprefix("https://")
ADDRESS_HEADERS = (
    "X-Forwarded-Host", "X-Forwarded-Server", "X-Original-Host", "X-Host", "Forwarded", "X-Original-URL",
    "X-Rewrite-URL", "X-Original-Webhook-Url", "X-Forwarded-Prefix", "X-Forwarded-Uri",
)  # fmt: skip


def at(one: Genuine, path: str, query: str = "") -> Sent:
    """Sent elsewhere, with the genuine request's own signature."""
    return one.sent(path + query, None, None)


def signed_as(one: Genuine, start: str, end: str = "") -> Sent:
    """Sent as ever, but signed for another address."""
    return one.signed(one.path, None, f"{start}{one.path}{end}")


@kind()
def one_letter_of_the_path_encoded(one: Genuine) -> Sent:
    return at(one, one.path.replace("twilio", "%74wilio"))


@kind()
def slash_of_the_path_encoded(one: Genuine) -> Sent:
    return at(one, "/" + one.path[1:].replace("/", "%2F"))


@kind()
def end_of_the_path_encoded(one: Genuine) -> Sent:
    return at(one, f"{one.path[:-1]}%{ord(one.path[-1]):02x}")


@kind()
def query_in_another_order(one: Genuine) -> Sent:
    return one.sent(f"{one.path}?b=2&a=1", None, sign(f"{PUBLIC}{one.path}?a=1&b=2", one.form))


@kind()
def query_written_in_another_way(one: Genuine) -> Sent:
    return one.sent(f"{one.path}?a=%31", None, sign(f"{PUBLIC}{one.path}?a=1", one.form))


@kind()
def space_of_the_query_written_in_another_way(one: Genuine) -> Sent:
    return one.sent(f"{one.path}?a=1+2", None, sign(f"{PUBLIC}{one.path}?a=1%202", one.form))


@kind()
def query_given_twice(one: Genuine) -> Sent:
    return one.sent(f"{one.path}?a=1&a=1", None, sign(f"{PUBLIC}{one.path}?a=1", one.form))


@kind()
def parameters_moved_into_the_query(one: Genuine) -> Sent:
    return replace(one.sent(), target=f"{one.path}?{one.sent().body.decode()}", body=b"")


@kind()
def another_step_or_word_in_the_address(one: Genuine) -> Sent:
    """Where the address holds neither: the address of the next door on the list."""
    paths = [path_of(rule, one.town) for rule in doors()]
    other = f"{one.path[:-1]}{'2' if one.path[-1] != '2' else '3'}"
    return at(one, other if one.path[-1].isdigit() else paths[(_place(one) + 1) % len(paths)])


def _place(one: Genuine) -> int:
    return next(n for n, rule in enumerate(doors()) if one.path.startswith(rule.rule.partition("<")[0]))


@kind(NO_SUCH_DOOR)
def prefix_that_a_proxy_may_name(one: Genuine) -> Sent:
    return replace(at(one, one.path), target=f"/x{one.path}", headers=(*one.sent().headers, ("SCRIPT_NAME", "/x")))


def told_by(header: str) -> None:
    """The signature is right for the address that a header names."""
    elsewhere = "https://evil.example.org"
    value = {"Forwarded": "host=evil.example.org;proto=https"}.get(header, "evil.example.org")

    def alter(one: Genuine) -> Sent:
        told = f"{elsewhere}{one.path}" if header.endswith(("URL", "Url", "Uri")) else value
        return one.sent("", None, sign(f"{elsewhere}{one.path}", one.form), f"{header}: {told}")

    every({f"an address told by {header}": alter})


for name in ADDRESS_HEADERS:
    told_by(name)


@kind()
def address_told_by_host(one: Genuine) -> Sent:
    return replace(one.signed(one.path, None, f"https://evil.example.org{one.path}"), host="evil.example.org")


@kind()
def plain_http_told_by_a_proxy(one: Genuine) -> Sent:
    return one.sent("", None, sign(f"http://{HOST}{one.path}", one.form), "X-Forwarded-Proto: http")


@kind(NO_SUCH_METHOD)
def method_named_by_a_header(one: Genuine) -> Sent:
    return replace(one.sent("", None, None, "X-HTTP-Method-Override: POST"), method="GET")


@kind(NO_SUCH_METHOD, twilio_accepts="it signs a GET like that, but our doors are POST at Twilio")
def get_with_the_parameters_in_its_query(one: Genuine) -> Sent:
    target = f"{one.path}?{one.sent().body.decode()}"
    return replace(one.sent(target, {}, sign(PUBLIC + target, {})), method="GET")


every(
    {
        "signed for plain http": lambda one: signed_as(one, f"http://{HOST}"),
        "signed for another host": lambda one: signed_as(one, "https://evil.example.org"),
        "signed for a host below ours": lambda one: signed_as(one, f"https://a.{HOST}"),
        "signed for another port": lambda one: signed_as(one, f"{PUBLIC}:8443"),
        "signed for the port of plain http": lambda one: signed_as(one, f"{PUBLIC}:80"),
        "signed for the host in capitals": lambda one: signed_as(one, PUBLIC.upper()),
        "signed for a prefix": lambda one: signed_as(one, f"{PUBLIC}/prefix"),
        "signed with a slash at the end": lambda one: signed_as(one, PUBLIC, "/"),
        "signed with a query": lambda one: signed_as(one, PUBLIC, "?a=1"),
        "signed without the host": lambda one: signed_as(one, ""),
        "signed with a name and a password": lambda one: signed_as(one, f"https://a:b@{HOST}"),
        "a query that was not signed": lambda one: at(one, one.path, "?again=1"),
        "two slashes at the beginning": lambda one: at(one, f"/{one.path}"),
    }
)
every(
    {
        "a slash at the end": lambda one: one.signed(f"{one.path}/"),
        "two slashes": lambda one: at(one, one.path.replace("/twilio/", "/twilio//")),
        "a dot in the path": lambda one: at(one, one.path.replace("/twilio/", "/twilio/./")),
        "a way round in the path": lambda one: at(one, f"/x/..{one.path}"),
        "capitals in the path": lambda one: at(one, one.path.replace("/twilio/", "/Twilio/")),
        "a name after a semicolon": lambda one: at(one, one.path.replace("/twilio/", "/twilio;a=1/")),
        "a control character in the path": lambda one: at(one, one.path.replace("/twilio/", "/twilio%00/")),
    },
    NO_SUCH_DOOR,
)
every(
    {
        f"the method {word}": lambda one, word=word: replace(one.sent(), method=word)  # type: ignore[misc]  # bound at once
        for word in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "HEAD")
    },
    NO_SUCH_METHOD,
)
every({"the method in small letters": lambda one: replace(one.sent(), method="post")}, NOT_HTTP | NO_SUCH_METHOD)
