"""What has been kept long enough goes with its key; an old backup, put back, cannot be read any more."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update

from hotline.adapters.keyring_file import KeyringFile
from hotline.adapters.keyring_home import make_file
from hotline.adapters.municipality_files import read_municipality
from hotline.adapters.store import SqlStore
from hotline.adapters.system_clock import SystemClock
from hotline.adapters.tables import cases
from hotline.adapters.vault import UnreadableError
from hotline.core.alert import AlertState
from hotline.core.case import NUMBER_GONE, Addendum
from hotline.core.keeping import Keeping
from hotline.core.municipality import Municipality
from hotline.ports import CaseFile
from hotline.usecases.retention import Purge, forget_talks
from hotline.usecases.rotation import hold_still
from tests.adapters.store.told import NOON, alert, delivery, report
from tests.backups import backup, restored
from tests.databases import Databases

SHIPPED = Path(__file__).parents[3] / "flows" / "municipalities" / "smedjebacken.yaml"
KEEPING = Keeping("Socialnämnden 2026-10-12 § 88", 30, "day", number_hours=72)
DAY = timedelta(days=1)
LONG_AFTER = NOON + 40 * DAY


@pytest.fixture
def keys(tmp_path: Path) -> KeyringFile:
    make_file(tmp_path / "ring", NOON - DAY, ["smedjebacken"])
    return KeyringFile(tmp_path / "ring")


@pytest.fixture
def store(database_url: str, keys: KeyringFile) -> Iterator[SqlStore]:
    store = SqlStore(database_url, keys)
    yield store
    store.close()


@pytest.fixture
def town() -> Municipality:
    return replace(read_municipality(SHIPPED), keeping=KEEPING)


def test_the_keys_that_are_needed_are_those_of_every_case_and_of_no_other_town(store: SqlStore) -> None:
    for number, reference in enumerate(("AA22", "BB33", "CC44", "DD55", "EE66", "FF77")):
        filed(store, reference)
        names = {
            "key_name": [None, "k1/2026-11-02", "k1/2026-11-02", "k0/2026-11-30", "k1/2026-10-30", "k1/2026-11-01"][
                number
            ]
        }
        town = "elsewhere" if reference == "FF77" else "smedjebacken"
        with store.engine.begin() as connection:
            connection.execute(update(cases).where(cases.c.reference == reference).values(municipality=town, **names))
    with store.begin() as work:
        needed = work.keys_needed("smedjebacken")
    assert needed == {("k0", date(2026, 11, 30)), ("k1", date(2026, 10, 30)), ("k1", date(2026, 11, 2))}


def purge(store: SqlStore, keys: KeyringFile, now: datetime = LONG_AFTER) -> Purge:
    return Purge(store.begin, keys, now, "worker:one 0.1.0")


def filed(store: SqlStore, reference: str = "AB23", *, at: datetime = NOON, opened: bool = True) -> None:
    with store.begin() as work:
        raised = replace(alert(reference), raised_at=at)
        if opened:
            raised = replace(raised, state=AlertState.ACKNOWLEDGED, acknowledged_by="Eva", opened_at=at)
        work.file_case(report(reference, at=at), raised, [delivery(f"token-{reference}", reference=reference)])


def read(store: SqlStore, reference: str = "AB23") -> CaseFile | None:
    with store.begin() as work:
        return work.read_case(reference, "desk", NOON)


def rows(store: SqlStore, name: str) -> int:
    with store.engine.connect() as connection:
        return int(connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0)  # noqa: S608 - the name stands in the test


def test_a_case_goes_with_all_that_belongs_to_it_and_is_certified(
    store: SqlStore, keys: KeyringFile, town: Municipality
) -> None:
    filed(store)
    with store.begin() as work:
        work.add_to_case("AB23", Addendum(NOON, "place", "Slagvägen 4"))
    (told,) = purge(store, keys).carry_out(town)
    assert [rows(store, name) for name in ("cases", "addenda", "alerts", "deliveries")] == [0, 0, 0, 0]
    assert "Ärenden: 1\nTillägg: 1\nLarm: 1\nFörsök att nå handläggare: 1" in told
    assert store.certificates() == [(1, told)]
    assert store.audit_faults() == []


def test_nothing_goes_a_minute_too_early(store: SqlStore, keys: KeyringFile, town: Municipality) -> None:
    filed(store)
    ends = KEEPING.ends(NOON, town.hours.zone)
    town = replace(town, keeping=replace(KEEPING, number_hours=None))
    assert list(purge(store, keys, ends - timedelta(minutes=1)).carry_out(town)) == []
    assert rows(store, "cases") == 1
    assert len(list(purge(store, keys, ends).carry_out(town))) == 1


def test_what_nobody_has_read_is_kept(store: SqlStore, keys: KeyringFile, town: Municipality) -> None:
    filed(store, opened=False)
    assert list(purge(store, keys).carry_out(town)) == []
    assert read(store)


def test_without_a_decision_nothing_goes_not_even_a_key(store: SqlStore, keys: KeyringFile, town: Municipality) -> None:
    filed(store)
    before = keys.path.read_text()
    assert list(purge(store, keys, NOON + 4000 * DAY).carry_out(replace(town, keeping=None))) == []
    assert (rows(store, "cases"), keys.path.read_text()) == (1, before)


def test_what_was_added_lately_keeps_a_case(store: SqlStore, keys: KeyringFile, town: Municipality) -> None:
    filed(store)
    with store.begin() as work:
        work.add_to_case("AB23", Addendum(LONG_AFTER - DAY, "words", "Det har hänt igen"))
    assert "Ärenden: 0" in next(purge(store, keys).carry_out(town))
    assert rows(store, "cases") == 1


def test_looking_deletes_nothing_and_says_the_same(store: SqlStore, keys: KeyringFile, town: Municipality) -> None:
    filed(store)
    seen = purge(store, keys).look(town)
    assert (rows(store, "cases"), rows(store, "certificates"), rows(store, "audit")) == (1, 0, 0)
    assert list(purge(store, keys).carry_out(town)) == [seen]


def test_a_number_goes_before_its_case_and_its_place_says_so(
    store: SqlStore, keys: KeyringFile, town: Municipality
) -> None:
    filed(store)
    with store.begin() as work:
        work.add_to_case("AB23", Addendum(NOON, "call_back", "+46701740698"))
    assert list(purge(store, keys, NOON + timedelta(hours=71)).carry_out(town)) == []
    (told,) = purge(store, keys, NOON + timedelta(hours=73)).carry_out(town)
    case = read(store)
    assert case
    assert (case.report.caller, [one.kind for one in case.addenda]) == (None, [NUMBER_GONE, NUMBER_GONE])
    assert "Telefonnummer borttagna ur ärenden som finns kvar: 1" in told
    assert len(list(purge(store, keys, KEEPING.ends(NOON, town.hours.zone)).carry_out(town))) == 1


def test_a_backup_made_before_cannot_be_read_once_the_key_is_gone(
    store: SqlStore, keys: KeyringFile, town: Municipality, tmp_path: Path, database_url: str, databases: Databases
) -> None:
    filed(store)
    filed(store, "LATE", at=LONG_AFTER - DAY)
    copy = backup(database_url, tmp_path / "backup")
    old_ring = shutil.copy(keys.path, tmp_path / "old ring")
    list(purge(store, keys).carry_out(town))
    back = SqlStore(restored(copy, database_url, databases), keys)
    with pytest.raises(UnreadableError):
        read(back)
    assert read(back, "LATE")
    assert back.vault.ring != KeyringFile(Path(old_ring)).ring()
    with_old_ring = SqlStore(back.engine.url.render_as_string(hide_password=False), KeyringFile(Path(old_ring)))
    assert read(with_old_ring)  # the backup itself was whole: the key alone makes the difference
    for one in (back, with_old_ring):
        one.close()


def test_what_was_said_before_consent_cannot_be_read_in_a_backup_days_later(
    store: SqlStore, keys: KeyringFile, tmp_path: Path, database_url: str, databases: Databases
) -> None:
    key, now = "sms|smedjebacken|+46701740631", SystemClock().now()
    with store.begin() as work:
        work.open_turn(key, "SM1", now, DAY)
        work.keep_turn(key, "SM1", now, b"svar", "han slår Anna", municipality="smedjebacken")
    back = SqlStore(restored(backup(database_url, tmp_path / "backup"), database_url, databases), keys)
    seen = []
    for days in (2, 3):
        forget_talks(keys, now + days * DAY)
        with back.begin() as work:
            seen.append(work.look_up(key, now, DAY))
    assert seen == ["han slår Anna", None]
    back.close()


def test_a_case_that_stays_keeps_its_own_days_key_alone(store: SqlStore, keys: KeyringFile, town: Municipality) -> None:
    filed(store, "GONE")
    filed(store, "STAY", at=NOON + DAY, opened=False)
    list(purge(store, keys).carry_out(town))
    chain = keys.ring().generations[0].chain_of("smedjebacken")
    assert chain
    assert [day for day, _ in chain.days] == [(NOON + DAY).date()]
    assert read(store, "STAY")
    assert "destroy" in acts(store)


def acts(store: SqlStore) -> list[str]:
    with store.begin() as work:
        return [line.act for line in work.audit_lines("", 50)]


def test_two_workers_that_purge_at_once_certify_once(
    postgresql_url: str, keys: KeyringFile, town: Municipality
) -> None:
    store = SqlStore(postgresql_url, keys)
    for number in range(20):
        filed(store, f"C{number}")
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _: list(purge(store, keys).carry_out(town)), range(4)))
    assert ["Ärenden: 20" in text for texts in told for text in texts] == [True]
    assert store.audit_faults() == []
    store.close()


def test_a_key_that_a_case_is_just_moving_to_stays(store: SqlStore, keys: KeyringFile, town: Municipality) -> None:
    """A case in a transaction that is not over is not seen to need it yet."""
    filed(store)
    keys.rotate(["smedjebacken"], NOON.date(), NOON)
    with ThreadPoolExecutor() as pool:
        with store.begin() as work:
            hold_still(work, NOON)
            assert work.rewrap("", 9).done == 1
            forgetting = pool.submit(purge(store, keys).forget, town)
            with pytest.raises(TimeoutError):
                forgetting.result(0.3)
        forgetting.result()
    with store.begin() as work:
        assert work.read_case("AB23", "desk", NOON) is not None
