"""A dump and the program, without the keyring: nothing opens, and no number is recognised when all are tried."""

from datetime import timedelta
from pathlib import Path

import pytest

from hotline.adapters.keyring_file import KeyringFile
from hotline.adapters.keyring_home import make_file
from hotline.adapters.store import SqlStore
from hotline.adapters.system_clock import SystemClock
from hotline.adapters.vault import Vault
from hotline.core.case import Addendum
from tests.adapters.store.burglar import Burglar, cells_of
from tests.adapters.store.told import DUTY, IDLE, NOON, filed, report
from tests.backups import backup, restored
from tests.databases import Databases

TALKS = "+46701740631"  # has not finished: nothing but a conversation is kept of this number
SAID = ("Slagvägen 4", "Ekgatan 12", "efter 17", "Socialkontoret", "4711", "han slår", "svarat")


@pytest.fixture
def ring(tmp_path: Path) -> KeyringFile:
    make_file(tmp_path / "ring", NOON - timedelta(days=1), ["smedjebacken"])
    return KeyringFile(tmp_path / "ring")


@pytest.fixture
def dump(database_url: str, ring: KeyringFile, tmp_path: Path, databases: Databases) -> list[bytes]:
    """Of a database with a case that was added to and read, and a conversation that goes on."""
    store, key = SqlStore(database_url, ring), f"sms|smedjebacken|{TALKS}"
    filed(store)
    with store.begin() as work:
        work.add_to_case("AB23", Addendum(NOON, "place", "Ekgatan 12"))
        work.read_case("AB23", "desk", NOON)
        work.open_turn(key, "SM1", NOON, IDLE)
        work.keep_turn(key, "SM1", NOON, b"svarat", '{"words": "han slår"}', municipality="smedjebacken")
    store.close()
    return cells_of(restored(backup(database_url, tmp_path / "dump"), database_url, databases))


def test_a_dump_opens_nothing(dump: list[bytes]) -> None:
    burglar = Burglar(dump)
    assert [words for words in SAID if burglar.opened(words.encode())] == []
    assert [words for words in SAID if any(words.encode() in cell for cell in dump)] == []


@pytest.mark.parametrize("number", [TALKS, report().caller, DUTY.address])
def test_whoever_tries_all_numbers_does_not_recognise_the_right_one(dump: list[bytes], number: str) -> None:
    assert not Burglar(dump).linked(number)


def test_a_keyring_of_another_hotline_is_of_no_use(dump: list[bytes], tmp_path: Path) -> None:
    make_file(tmp_path / "another", NOON - timedelta(days=1), ["smedjebacken"])
    (other,) = KeyringFile(tmp_path / "another").ring().generations
    burglar = Burglar(dump, (other.root, *(chain.secret for chain in other.chains)))
    assert not any(burglar.opened(words.encode()) for words in SAID)
    assert not burglar.linked(TALKS)


def test_with_the_keyring_the_same_burglar_reads_and_links_everything(dump: list[bytes], ring: KeyringFile) -> None:
    (one,) = ring.ring().generations
    days = (NOON.date(), SystemClock().now().date())
    keys = [key for chain in one.chains for day in days if (key := chain.key_of(day))]
    burglar = Burglar(dump, (one.root, *keys))
    assert [words for words in SAID if not burglar.opened(words.encode())] == []
    assert burglar.linked(TALKS)
    assert burglar.linked(DUTY.address)


def test_the_same_number_looks_different_in_each_municipality_and_each_ring(ring: KeyringFile, tmp_path: Path) -> None:
    make_file(tmp_path / "another", NOON, ["smedjebacken"])
    hashes = [
        Vault(keys).lookup("conversation", f"sms|smedjebacken|{TALKS}", owner=owner)
        for keys in (ring, KeyringFile(tmp_path / "another"))
        for owner in ("smedjebacken", "ludvika")
    ]
    assert len(set(hashes)) == len(hashes)
