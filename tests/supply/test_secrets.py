"""The scan finds what people leave behind, and lets through what is known."""

from pathlib import Path

import pytest

from tests.supply.secrets import KNOWN, found_in, ours

# In two pieces each, so that the scan does not stumble over its own tests.
LEFT_BEHIND = {
    "a Twilio account": ("ACCOUNT = 'AC", "5e8f1c0a" * 4 + "'"),
    "a Twilio key": ("KEY = 'SK", "09af83bd" * 4 + "'"),
    "a private key": ("-----BEGIN RSA ", "PRIVATE KEY-----"),
    "a database's password": ("postgresql+psycopg://hotline:", "hemligt7@db/hotline"),
    "a token": ("KEY = 'q7Rk2ZxW9b", "Lp0TfYc4sVhNe8Ja3dUm'"),
}


@pytest.mark.parametrize("pieces", LEFT_BEHIND.values(), ids=LEFT_BEHIND)
def test_what_somebody_left_behind_is_found_and_not_shown(tmp_path: Path, pieces: tuple[str, str]) -> None:
    path = tmp_path / "settings.py"
    path.write_text("x = 1\n" + "".join(pieces), encoding="utf-8")
    (found, *_) = found_in([path])
    assert found.startswith(f"{path}:2 ")
    assert pieces[1] not in found


def test_what_is_known_is_let_through(tmp_path: Path) -> None:
    path = tmp_path / "example.txt"
    path.write_text("\n".join(f'secret = "{one}"' for one in KNOWN.values()), encoding="utf-8")
    assert list(found_in([path])) == []


def test_settings_texts_and_municipalities_are_looked_through() -> None:
    seen = {path.name for path in ours()}
    assert {".env.example", "settings.py", "smedjebacken.yaml", "Makefile", "sv.yaml", "0001_first_tables.py"} <= seen
