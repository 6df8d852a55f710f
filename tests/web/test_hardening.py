"""What every answer of the running hotline carries and hides: each door walked, with Twilio's rules and simulated."""

import re
import time
from collections.abc import Iterator, Mapping

import pytest

from tests.web.doors import make_door
from tests.web.forged.requests import Sent, genuine
from tests.web.real import Hotline
from tests.web.test_doors import path_of, simulated

POLICY = re.compile(r"default-src 'none'; .*base-uri 'none'; frame-ancestors 'none'")
LOOSE = re.compile(r"unsafe|https?:|\*|data:|blob:|'strict-dynamic'|nonce|sha256")
FOREIGN = re.compile(r"https?://(?!hotline\.example\.org|127\.0\.0\.1|www\.smhi\.se)")
TELLTALE = re.compile(r"granian|gunicorn|werkzeug|flask|python|sqlite|traceback|/work|/usr|\.py\b", re.IGNORECASE)
SAID = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
OF_OURS = {
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
# No table that a spreadsheet opens is ever given out, and no file to be saved.
KINDS = re.compile(r"(text/(html|xml|plain|css|javascript)|application/(json|javascript)|image/svg\+xml)(;|$)")
BROKEN = (
    "GET /%zz HTTP/9.9",
    "G\x01T / HTTP/1.1",
    "secret words of somebody",
    "POST /twilio/sms HTTP/1.1\r\n secret: x",
)


def walk(*, twilio: bool) -> Iterator[Sent]:
    """Each door, by each method, found and not, allowed and not."""
    app = make_door().app if twilio else simulated().app
    for rule in app.url_map.iter_rules():
        for method in ("GET", "POST", "PUT", "OPTIONS", "HEAD"):
            path = path_of(rule).replace("/static/text", "/static/front.css")
            yield Sent(path, (), b"", method, host="127.0.0.1")
    if twilio:
        yield from (one.sent() for one in genuine())
    yield from (
        Sent(path, (), b"", "GET") for path in ("/nowhere", "/phone/", "//evil.example.org/", "/%2e%2e/", "/?a")
    )
    yield Sent("/phone?municipality=%22%3E%3Cscript%3E", (), b"", "GET", host="127.0.0.1")
    yield Sent("/phone?municipality=exempelby", (), b"", "GET", host="127.0.0.1")
    yield Sent("/phone/state?caller=%2B46701740612", (), b"", "GET", host="127.0.0.1")
    yield Sent("/phone/text", (("Content-Type", "application/json"),), b"{" + b" " * 70_000, host="127.0.0.1")


def heads_of(answer: str) -> dict[str, str]:
    head = answer.partition("\r\n\r\n")[0].split("\r\n")[1:]
    pairs = [line.split(": ", 1) if ": " in line else (line.rstrip(":"), "") for line in head]
    assert len({name.lower() for name, _ in pairs}) == len(pairs), "a header stands there twice"
    return {name.lower(): value for name, value in pairs}


def check(answer: str) -> dict[str, str]:
    """What holds for every answer, even to what is not HTTP."""
    heads = heads_of(answer)
    assert {name: heads.get(name) for name in SAID} == SAID
    assert "default-src 'none'" in heads["content-security-policy"]
    assert not LOOSE.search(heads["content-security-policy"])
    assert heads["server"] == "hotline"
    assert not {"set-cookie", "location", "x-powered-by", "access-control-allow-origin"} & set(heads)
    assert "attachment" not in heads.get("content-disposition", "")
    assert not TELLTALE.search(answer)
    return heads


@pytest.mark.parametrize("twilio", [True, False])
def test_every_answer_of_every_door_has_safe_headers(request: pytest.FixtureRequest, *, twilio: bool) -> None:
    hotline: Hotline = request.getfixturevalue("real" if twilio else "tried_out")
    for sent in walk(twilio=twilio):
        status, answer = hotline.knock(sent)
        heads = check(answer)
        assert status != 500, sent.target
        assert {name: heads.get(name) for name in OF_OURS} == OF_OURS, sent.target
        assert POLICY.fullmatch(heads["content-security-policy"])
        assert ("strict-transport-security" in heads) is twilio
        assert not FOREIGN.search(answer.partition("\r\n\r\n")[2]), sent.target
        assert KINDS.match(heads.get("content-type", "text/html")), sent.target


@pytest.mark.parametrize("line", BROKEN)
def test_what_is_not_http_is_answered_shortly_and_quoted_nowhere(real: Hotline, line: str) -> None:
    status, answer = real.raw(f"{line}\r\nX: secret words of somebody\r\n\r\n".encode("latin-1"))
    assert status in {400, 404, 505}
    assert not answer.partition("\r\n\r\n")[2] or check(answer)
    assert not TELLTALE.search(answer)
    assert "secret" not in answer + real.logged()


def test_a_page_that_asks_for_too_much_is_refused_before_it_is_read(tried_out: Hotline) -> None:
    sent = Sent("/phone/text", (("Content-Type", "application/json"),), b" " * 90_000, host="127.0.0.1")
    assert tried_out.knock(sent)[0] == 413
    assert tried_out.knock(Sent("/" + "a" * 70_000, (), b"", "GET"))[0] in {414, 431}
    assert tried_out.knock(Sent("/", (("X", "a" * 90_000),), b"", "GET"))[0] == 431


def test_a_file_in_parts_is_taken_by_no_button(tried_out: Hotline) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="a"; filename="a.csv"\r\n\r\n=1+1\r\n--x--\r\n'
    kind = ("Content-Type", "multipart/form-data; boundary=x")
    assert tried_out.knock(Sent("/phone/text", (kind,), body, host="127.0.0.1"))[0] == 415


@pytest.mark.parametrize("host", ["evil.example.org", "127.0.0.1@evil.example.org", "hotline.example.org:80"])
def test_no_answer_repeats_the_host_that_a_request_names(real: Hotline, host: str) -> None:
    for target in ("/", "//twilio/sms", "/static", "/twilio/sms/", "/nowhere"):
        status, answer = real.knock(Sent(target, (), b"", "GET", host=host))
        assert status in {200, 400, 404, 405}
        assert "evil" not in answer


@pytest.mark.parametrize("header", ["Origin: https://evil.example.org", "Sec-Fetch-Site: cross-site", "Origin: null"])
def test_no_other_site_presses_a_button_or_looks(tried_out: Hotline, header: str) -> None:
    """Every door of the page, on the running hotline: what another page in the same browser could send."""
    name, value = header.split(": ")
    before = at_rest(tried_out)
    for rule in simulated().app.url_map.iter_rules():
        if not rule.rule.startswith("/phone") or "static" in rule.rule:
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            heads = ((name, value), ("Content-Type", "application/json"))
            sent = Sent(path_of(rule), heads, b'{"caller": "+46701740612", "body": "Hej"}', method, host="127.0.0.1")
            assert tried_out.knock(sent)[0] == 403, sent.target
    assert tried_out.rows() == before


def at_rest(hotline: Hotline) -> Mapping[str, list[str]]:
    """Every row, when the worker has done what was due."""
    rows = hotline.rows()
    for _ in range(30):
        before = rows
        time.sleep(1)
        if (rows := hotline.rows()) == before:
            return rows
    pytest.fail("the worker never came to rest")
