"""A start while the database is away: the doors are open, and say so."""

import time

from app import create_app
from hotline.adapters.vault import new_key
from hotline.settings import Settings
from tests.fakes import FakeClock, Memory
from tests.web.doors import MONDAY_NOON, PUBLIC, ROOT, TOKEN, Door

NOWHERE = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"


def test_the_doors_say_503_until_the_database_is_there() -> None:
    settings = Settings(
        carrier="twilio", database_url=NOWHERE, public_url=PUBLIC, account_sid="AC" + "a" * 32, api_url="",
        auth_tokens=(TOKEN,), municipalities=ROOT / "tests" / "web" / "municipalities", keys=new_key(),
    )  # fmt: skip
    door = Door(create_app(settings), Memory(), FakeClock(MONDAY_NOON))
    began = time.monotonic()
    assert [door.text("han slår henne nu").status_code, door.call().status_code] == [503, 503]
    assert time.monotonic() - began < 5
    read = door.app.test_client()
    assert (read.get("/readyz").text, read.get("/healthz").text) == ("database\n", "ok\n")
