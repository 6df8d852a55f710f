"""The ground that other tests stand on: a fresh database each, no network, a browser that shows pages."""

import socket

import pytest
from playwright.sync_api import Page
from sqlalchemy import NullPool, create_engine, inspect, text


def test_each_test_has_a_database_of_its_own(empty_database_url: str) -> None:
    engine = create_engine(empty_database_url, poolclass=NullPool)
    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == []
        connection.execute(text("CREATE TABLE mine (number INTEGER)"))


def test_nothing_leaves_this_machine() -> None:
    with pytest.raises(RuntimeError, match="tests have no network"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_no_name_is_looked_up() -> None:
    with pytest.raises(RuntimeError, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)


@pytest.mark.browser
def test_the_browser_shows_a_page_in_swedish(page: Page) -> None:
    page.goto("data:text/html;charset=utf-8,<h1>Ring 112 på en gång</h1>")
    assert page.get_by_role("heading").inner_text() == "Ring 112 på en gång"
    assert page.evaluate("navigator.language") == "sv-SE"
