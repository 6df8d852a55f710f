"""Settings: each fault is one line that names the variable and says what to do."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from hotline.settings import SettingsError, described, from_env, with_keys

TWILIO = {
    "HOTLINE_CARRIER": "twilio",
    "TWILIO_ACCOUNT_SID": "AC1",
    "TWILIO_AUTH_TOKEN": "token",
    "HOTLINE_KEYS": "key",
    "HOTLINE_PUBLIC_URL": "https://hotline.example.org/",
}


def test_nothing_at_all_is_the_simulator_on_this_machine(root: Path) -> None:
    settings = from_env({}, root)
    assert settings.simulated
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.database_url.startswith("sqlite:///")


def test_an_address_has_no_slash_at_its_end(root: Path) -> None:
    assert from_env(TWILIO, root).public_url == "https://hotline.example.org"


@pytest.mark.parametrize("name", [name for name in TWILIO if name != "HOTLINE_CARRIER"])
def test_twilio_does_not_start_without(root: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name} is missing: [^\n]+$"):
        from_env({**TWILIO, name: " "}, root)


@pytest.mark.parametrize(
    "wrong",
    [
        {"HOTLINE_CARRIER": "twillio"},
        {"HOTLINE_PORT": "eighty"},
        {"HOTLINE_PORT": "70000"},
        {"HOTLINE_MUNICIPALITIES": "nowhere"},
        {"HOTLINE_PUBLIC_URL": "https://hotline.example.org"},
        {"HOTLINE_PUBLIC_URL": "http://192.0.2.7:8000"},
        {"HOTLINE_MAIL_FROM": "", "HOTLINE_SMTP_URL": "smtp://mail.example.org"},
        {"HOTLINE_DEADMAN_URL": "http://example.org"},
    ],
)
def test_a_wrong_value_is_named(root: Path, wrong: Mapping[str, str]) -> None:
    with pytest.raises(SettingsError, match=f"^{next(iter(wrong))} [^\n]+$"):
        from_env(wrong, root)


def test_twilio_is_not_called_over_plain_http(root: Path) -> None:
    with pytest.raises(SettingsError, match="HOTLINE_PUBLIC_URL"):
        from_env({**TWILIO, "HOTLINE_PUBLIC_URL": "http://hotline.example.org"}, root)


def test_every_process_invents_the_same_simulated_account(root: Path) -> None:
    one, other = (with_keys(from_env({}, root), "key") for _ in range(2))
    assert one == other
    assert (len(one.account_sid), len(one.auth_tokens)) == (34, 1)


def test_no_secret_is_shown(root: Path) -> None:
    shown = str(described(TWILIO)) + repr(from_env(TWILIO, root))
    assert "'token'" not in shown
    assert "'key'" not in shown
