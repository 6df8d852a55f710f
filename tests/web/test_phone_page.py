"""The page with simulated telephones in a real browser: what a person sees and presses."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from tests.web.phone_app import phone_app

pytestmark = pytest.mark.browser


@pytest.fixture
def address() -> Iterator[str]:
    """The page on a free port of this machine."""
    app, _ = phone_app()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/phone"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_neighbour_texts_with_one_button_and_reads_112(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="han slår henne nu").click()
    expect(page.get_by_label("Sms till telefonlinjen").get_by_role("listitem")).to_have_text(
        ["han slår henne nu", "Ring 112.", "Vad har hänt?"]
    )


def test_a_call_is_taken_at_social_services(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("tab", name="Samtal").click()
    page.get_by_role("button", name="Ring linjen").click()
    expect(page.locator("#caller [data-spoken]")).to_have_text("Ring 112 nu.")
    page.locator("#caller").get_by_role("button", name="1", exact=True).click()
    desk = page.get_by_role("article").first
    desk.get_by_role("button", name="Svara", exact=True).click()
    desk.get_by_role("button", name="1", exact=True).click()
    expect(desk.get_by_role("status")).to_have_text("Ihopkopplade: ni hör varandra")
    expect(page.locator("#caller").get_by_role("status")).to_have_text("Ihopkopplade: ni hör varandra")


def test_the_page_is_as_wide_as_the_telephone_that_shows_it(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_text("K7M2")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_fault_is_chosen_takes_place_and_is_over(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_text("Låt något gå fel").click()
    page.get_by_label("Vad ska gå fel?").select_option("Operatören når inte telefonlinjen")
    page.get_by_role("button", name="Låt det gå fel").click()
    expect(page.locator("#suffered")).to_have_text("Operatören når inte telefonlinjen · Alla telefoner · Bara en gång")
    page.get_by_role("button", name="Hej", exact=True).click()
    expect(page.locator("#texts [data-thread] .fault")).to_contain_text("Inget svar kom")
    expect(page.locator("#suffered")).to_have_text("Inget är fel just nu.")
