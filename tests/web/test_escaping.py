"""What people write is shown as what they wrote, in a real browser on the running hotline: none of it runs."""

import json
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.web.real import Hotline

pytestmark = pytest.mark.browser

WRITER, REPORTER = "+46701740633", "+46701740632"  # the hotline is one for all tests: a thread each
EVIL = (
    "<script>window.ran = 1</script>",
    "<img src=x onerror='window.ran = 1'>",
    '"><svg onload=window.ran=1>',
    "' onmouseover='window.ran=1",
    "</script><script>window.ran=1</script>",
    "javascript:window.ran=1",
    "<iframe srcdoc='<script>parent.ran=1</script>'>",
    "{{ 7 * 7 }} ${7*7} <%= 7 %> {% raw %}",
    '=HYPERLINK("http://evil.example.org")',
    "<b>fet</b> &lt;b&gt; &amp;",
    "\u202e\u2066 <style>body{display:none}</style>",
)


def text(hotline: Hotline, caller: str, words: str) -> None:
    body = json.dumps({"caller": caller, "body": words}).encode()
    url = f"{hotline.running.address}/phone/text?municipality=exempelby"
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310 - our own address
    urllib.request.urlopen(request, timeout=10).close()  # noqa: S310 - our own address


@pytest.fixture
def watched(page: Page) -> Iterator[Page]:
    """A page; afterwards: nothing of what was written has run, and no other host was asked for anything."""
    asked: list[str] = []
    page.add_init_script(f"sessionStorage.setItem('telephone', '{WRITER}')")
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    page.on("request", lambda one: asked.append(one.url))
    yield page
    assert page.evaluate("window.ran") is None
    assert [one for one in asked if not one.startswith("http://127.0.0.1:")] == []


def test_nothing_that_a_caller_writes_runs_in_the_page(watched: Page, tried_out: Hotline) -> None:
    for words in ("Hej", "2", "1", *EVIL):
        text(tried_out, WRITER, words)
    watched.goto(f"{tried_out.running.address}/phone?municipality=exempelby")
    mine = watched.locator("#caller [data-thread] li.mine")
    expect(mine).to_have_count(3 + len(EVIL))
    assert tuple(mine.all_text_contents()[3:]) == EVIL
    assert watched.locator("#caller [data-thread] li *").count() == 0


def test_not_even_what_a_report_says_when_it_is_read_out_to_an_officer(watched: Page, tried_out: Hotline) -> None:
    for words in ("Hej", "1", "1", "2", "1", "1", "1", EVIL[0] + EVIL[1]):
        text(tried_out, REPORTER, words)
    watched.goto(f"{tried_out.running.address}/phone?municipality=exempelby")
    expect(watched.locator("#cases .case").first).to_be_visible()
    watched.wait_for_timeout(1500)  # two more rounds of what the page asks for
    assert watched.locator("#cases script, #cases img, #cases iframe").count() == 0


@pytest.mark.parametrize("query", ["municipality=%22%3E%3Cscript%3Ewindow.ran=1%3C/script%3E", "x=%3Cscript%3E"])
def test_nothing_in_an_address_runs_either(watched: Page, tried_out: Hotline, query: str) -> None:
    watched.goto(f"{tried_out.running.address}/phone?{query}")
    assert watched.locator("script").count() <= 1
