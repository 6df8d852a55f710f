"""The keyring's file: read anew when it changes, changed whole or not at all, for its owner alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hotline.adapters.keyring import KeyringError, new_key
from hotline.adapters.keyring_file import FixedKeys, KeyringFile, kept_keys
from hotline.adapters.keyring_home import KeyringMaker, fill_gaps, make_file, open_keys, own_file, secret_of
from hotline.adapters.vault import UnreadableError, Vault

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def keys(tmp_path: Path) -> KeyringFile:
    make_file(tmp_path / "ring", NOW, ["smedjebacken"])
    return KeyringFile(tmp_path / "ring")


def test_only_its_owner_reads_it_and_no_draft_stays(keys: KeyringFile) -> None:
    keys.rotate([], NOW.date(), NOW)
    assert {path.name for path in keys.path.parent.iterdir()} == {"ring", "ring.lock"}
    assert keys.path.stat().st_mode & 0o077 == 0


def test_what_is_made_once_is_kept_in_a_folder_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "srv" / "var" / "account"
    made = kept_keys(path, new_key)
    assert kept_keys(path, new_key) == made == path.read_text().strip()
    assert path.stat().st_mode & 0o077 == path.parent.stat().st_mode & 0o077 == 0
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_is_there_is_never_written_over(keys: KeyringFile) -> None:
    before = keys.path.read_text()
    with pytest.raises(KeyringError, match="is there already"):
        make_file(keys.path, NOW, ["smedjebacken"])
    assert keys.path.read_text() == before


def test_another_process_sees_a_change_at_once(keys: KeyringFile) -> None:
    other = KeyringFile(keys.path)
    name = keys.rotate(["ludvika"], NOW.date(), NOW)
    assert other.generations()[0] == (name, NOW)
    assert [chain.municipality for chain in other.ring().generations[0].chains] == ["-", "ludvika", "smedjebacken"]


def test_changes_made_at_once_are_all_made(keys: KeyringFile) -> None:
    with ThreadPoolExecutor(8) as pool:
        names = set(pool.map(lambda _: KeyringFile(keys.path).rotate([], NOW.date(), NOW), range(16)))
    assert names < {name for name, _ in keys.generations()}
    assert len(keys.generations()) == 17


def test_a_file_that_is_spoilt_while_the_program_runs_leaves_it_its_ring(
    keys: KeyringFile, caplog: pytest.LogCaptureFixture
) -> None:
    known = keys.ring()
    for spoil in (lambda: keys.path.write_text("key nonsense"), keys.path.unlink):
        spoil()
        assert keys.ring() == known
    assert "cannot be read" in caplog.text


def test_what_a_key_in_the_variable_locked_opens_from_the_file(tmp_path: Path) -> None:
    inline = new_key()
    old = Vault(inline)
    case, sealed = old.new_case("smedjebacken", "AB23", NOW), old.seal(b"said", b"about")
    make_file(tmp_path / "ring", NOW, ["smedjebacken"], inline)
    new = Vault(KeyringFile(tmp_path / "ring"))
    assert new.case(case.wrapped, "smedjebacken", "AB23", None).key == case.key
    assert new.unseal(sealed, b"about") == b"said"
    assert old.lookup("code", "a") in new.lookups("code", "a", owner="smedjebacken")
    assert new.new_case("smedjebacken", "AB24", NOW).name.endswith("/2026-11-23")


def test_a_destroyed_day_opens_nothing_and_the_next_days_do(keys: KeyringFile) -> None:
    vault = Vault(keys)
    old, new = (vault.new_case("smedjebacken", "AB23", NOW + timedelta(days=n)) for n in (0, 5))
    assert keys.forget("smedjebacken", set(), NOW.date() + timedelta(days=5)) == 3
    assert vault.case(new.wrapped, "smedjebacken", "AB23", new.name).key == new.key
    with pytest.raises(UnreadableError):
        vault.case(old.wrapped, "smedjebacken", "AB23", old.name)


def test_a_report_of_a_day_whose_key_is_gone_is_locked_all_the_same(keys: KeyringFile) -> None:
    keys.forget("smedjebacken", set(), NOW.date() + timedelta(days=30))
    vault = Vault(keys)
    case = vault.new_case("smedjebacken", "AB23", NOW)
    assert vault.case(case.wrapped, "smedjebacken", "AB23", case.name).key == case.key


def test_keyed_hashes_of_two_municipalities_have_two_keys(keys: KeyringFile) -> None:
    vault = Vault(keys)
    assert len({vault.lookup("code", "1", owner=town) for town in ("", "smedjebacken", "ludvika")}) == 3


def test_a_municipality_without_a_key_is_told_at_the_start(keys: KeyringFile) -> None:
    with pytest.raises(KeyringError, match="no key for ludvika"):
        fill_gaps(keys, ["smedjebacken", "ludvika"], NOW, alone=False)
    fill_gaps(keys, ["smedjebacken", "ludvika"], NOW, alone=True)
    assert [chain.municipality for chain in keys.ring().generations[0].chains] == ["-", "smedjebacken", "ludvika"]


def test_keys_in_a_variable_can_neither_be_rotated_nor_destroyed(keys: KeyringFile) -> None:
    fixed = FixedKeys(new_key())
    assert (fixed.can_forget, keys.can_forget) == (False, True)  # as the certificates say
    assert fixed.forget("smedjebacken", set(), date(2027, 1, 1)) == 0
    with pytest.raises(KeyringError, match="keys new --file"):
        fixed.rotate([], date(2027, 1, 1), NOW)


def test_the_simulators_own_file_is_made_once_and_opens_what_an_older_release_kept(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text(older := new_key())
    path = own_file(tmp_path, NOW)
    before = path.read_text()
    assert own_file(tmp_path, NOW).read_text() == before
    assert older in before
    assert secret_of(str(path), tmp_path) == secret_of(str(path), tmp_path) != ""


def test_a_variable_names_a_file_or_holds_keys(keys: KeyringFile) -> None:
    assert isinstance(open_keys(str(keys.path), Path("/")), KeyringFile)
    assert isinstance(open_keys(new_key(), Path("/")), FixedKeys)
    with pytest.raises(KeyringError, match="cannot be read"):
        open_keys("/nowhere/ring", Path("/"))


def test_the_command_makes_keys_for_every_municipality_file(tmp_path: Path) -> None:
    (folder := tmp_path / "towns").mkdir()
    (folder / "smedjebacken.yaml").touch()
    KeyringMaker("", tmp_path, folder, lambda: NOW).make(Path("ring"))
    (folder / "ludvika.yaml").touch()
    again = KeyringMaker(str(tmp_path / "ring"), tmp_path, folder, lambda: NOW)
    assert [again.add(), again.add()] == [["ludvika"], []]
