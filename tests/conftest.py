"""What every test stands on: no network, nothing from this machine's environment, and two databases.

The databases are in tests/databases.py, the browser in tests/browser.py.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import hypothesis
import pytest

from tests.earnest import OURS, inherited

pytest_plugins = ["tests.browser", "tests.databases"]

ROOT = Path(__file__).parent.parent
HERE_ONLY = ("127.", "::1", "localhost", "0.0.0.0")  # noqa: S104 - compared with, not bound to

hypothesis.settings.register_profile("house", deadline=None, print_blob=True)
hypothesis.settings.register_profile("nightly", deadline=None, print_blob=True, max_examples=10_000)
# The same examples each time (`--hypothesis-profile=ci`): what lands is not decided by chance.
hypothesis.settings.register_profile("ci", hypothesis.settings.get_profile("house"), derandomize=True)
hypothesis.settings.load_profile("house")


def refuse_the_network(event: str, args: tuple[object, ...]) -> None:
    """Ends any attempt of this process to reach another machine, in whatever library it is made."""
    match event, args:
        case "socket.connect" | "socket.sendto", (_, (str() as host, *_)):
            pass
        case "socket.getaddrinfo", (str() as host, *_):
            pass
        case _:
            return
    if host and not host.startswith(HERE_ONLY):
        raise RuntimeError(f"a test tried to reach {host}: tests have no network")


def pytest_configure() -> None:
    """This machine's own settings must not decide what a test sees."""
    for name in list(os.environ):
        if name.startswith(OURS) and not name.startswith("HOTLINE_TEST_"):
            del os.environ[name]
    sys.addaudithook(refuse_the_network)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder that holds app.py."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Examples kept beside the checkout, on machines that have them: nothing may depend on them."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("NOT RUN: the shared examples are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def clean_environment() -> Mapping[str, str]:
    """An environment for programs that a test starts: paths and language, no settings of the hotline."""
    return inherited()


def pytest_addoption(parser: pytest.Parser) -> None:
    """One flag rewrites the golden files; what changed is then read, not trusted."""
    parser.addoption("--rewrite-transcripts", action="store_true", help="write the golden transcripts anew")


@pytest.fixture
def rewrite_transcripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--rewrite-transcripts"))
