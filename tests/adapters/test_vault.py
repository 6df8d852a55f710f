"""The keyring: what opens, what does not, and what a wrong value says."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.adapters.keyring_file import KeyringFile
from hotline.adapters.keyring_home import make_file
from hotline.adapters.vault import KeyringError, UnreadableError, Vault, new_key

OLD, NEW = new_key(), new_key()
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@given(content=st.binary(), about=st.binary(max_size=40))
def test_what_is_sealed_opens_again(content: bytes, about: bytes) -> None:
    vault = Vault(OLD)
    assert vault.unseal(vault.seal(content, about), about) == content


def test_the_same_content_never_looks_the_same() -> None:
    vault = Vault(OLD)
    assert vault.seal(b"content", b"") != vault.seal(b"content", b"")


def test_a_new_key_in_front_still_opens_what_the_old_one_sealed() -> None:
    sealed = Vault(OLD).seal(b"content", b"about")
    case = Vault(OLD).new_case("smedjebacken", "AB23", NOON)
    both = Vault(f"{NEW}, {OLD}")
    assert both.unseal(sealed, b"about") == b"content"
    assert both.case(case.wrapped, "smedjebacken", "AB23", None) == case
    assert both.lookup("turn", "SM1") == Vault(OLD).lookup("turn", "SM1")


def test_what_the_new_key_sealed_is_closed_to_the_old_one() -> None:
    with pytest.raises(UnreadableError):
        Vault(OLD).unseal(Vault(f"{NEW},{OLD}").seal(b"content", b""), b"")


@pytest.mark.parametrize("position", [0, 11, 12, 20, -1])
def test_a_changed_byte_shows(position: int) -> None:
    sealed = bytearray(Vault(OLD).seal(b"content", b"about"))
    sealed[position] ^= 1
    with pytest.raises(UnreadableError):
        Vault(OLD).unseal(bytes(sealed), b"about")


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(12), bytes(28)])
def test_what_was_never_sealed_does_not_open(sealed: bytes) -> None:
    with pytest.raises(UnreadableError):
        Vault(OLD).unseal(sealed, b"")


def test_what_is_moved_to_another_place_does_not_open() -> None:
    vault = Vault(OLD)
    with pytest.raises(UnreadableError):
        vault.unseal(vault.seal(b"content", b"here"), b"there")


@pytest.mark.parametrize(("municipality", "reference"), [("ludvika", "AB23"), ("smedjebacken", "AB24")])
def test_a_case_opens_only_as_itself(municipality: str, reference: str) -> None:
    vault = Vault(OLD)
    with pytest.raises(UnreadableError):
        vault.case(vault.new_case("smedjebacken", "AB23", NOON).wrapped, municipality, reference, None)


def test_one_part_of_a_case_cannot_pass_for_another() -> None:
    key = Vault(OLD).new_case("smedjebacken", "AB23", NOON)
    assert key.unseal(key.seal("å", "report"), "report") == "å"
    with pytest.raises(UnreadableError):
        key.unseal(key.seal("å", "report"), "plan")


def test_lookups_differ_by_key_by_kind_and_by_where_parts_end() -> None:
    vault = Vault(OLD)
    hashes = {vault.lookup("code", "a", "bc"), vault.lookup("code", "ab", "c"), vault.lookup("token", "a", "bc")}
    assert len(hashes | {Vault(NEW).lookup("code", "a", "bc")}) == 4
    assert set(Vault(f"{NEW},{OLD}").lookups("code", "a", "bc")) >= {vault.lookup("code", "a", "bc")}


@pytest.mark.parametrize("keys", ["", " , ", "inte en nyckel!", "åäö", "c2hvcnQ", "OLD,c2hvcnQ", "A"])
def test_a_ring_that_cannot_be_used_says_what_to_do_and_shows_nothing(keys: str) -> None:
    with pytest.raises(KeyringError, match=r"HOTLINE_KEYS .*make (one|a key) with `keys new`") as told:
        Vault(keys.replace("OLD", OLD))
    assert OLD not in str(told.value)
    assert "c2hvcnQ" not in str(told.value)


def test_nothing_shows_a_key_by_accident() -> None:
    vault = Vault(OLD)
    case = vault.new_case("smedjebacken", "AB23", NOON)
    assert OLD not in repr(vault)
    assert repr(case) == "CaseKey(reference='AB23', name='')"


@pytest.mark.parametrize(("later", "opens"), [(0, True), (1, True), (2, True), (-1, True), (3, False)])
def test_a_conversation_is_sealed_for_days_only(tmp_path: Path, later: int, opens: bool) -> None:  # noqa: FBT001 - a row of the table
    make_file(tmp_path / "ring", NOON - timedelta(days=9), ["smedjebacken"])
    keys = KeyringFile(tmp_path / "ring")
    sealed = Vault(keys, lambda: NOON).seal(b"content", b"about")
    try:
        assert Vault(keys, lambda: NOON + timedelta(days=later)).unseal(sealed, b"about") == b"content"
    except UnreadableError:
        assert not opens
    else:
        assert opens


def test_a_clock_before_the_rings_first_day_still_seals_and_opens(tmp_path: Path) -> None:
    make_file(tmp_path / "ring", NOON, ["smedjebacken"])
    vault = Vault(KeyringFile(tmp_path / "ring"), lambda: NOON - timedelta(days=9))
    assert vault.unseal(vault.seal(b"content", b""), b"") == b"content"
