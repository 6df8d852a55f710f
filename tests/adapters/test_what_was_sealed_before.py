"""What a release has once sealed or hashed opens, and is found, in every later one: fixed keys, fixed bytes."""

from base64 import b64decode
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hotline.adapters.keyring import written
from hotline.adapters.keyring_file import KeyringFile
from hotline.adapters.vault import UnreadableError, Vault

NOW = datetime(2026, 11, 23, 13, tzinfo=UTC)
ROOT, SECRET, DAY = (written(bytes(range(start, start + 32))) for start in (0, 1, 2))
RING = f"""# hotline keyring 1

key aaaaaaaa 2026-11-23T13:00:00+01:00 {ROOT}
chain smedjebacken 2026-11-20 {SECRET}
day smedjebacken 2026-11-19 {DAY}
"""
OF_THE_FILE = "bcdf4ae8"
# The key that wrapped it, the case's wrapped key, the letter å sealed as a report's row "1".
CASES = {
    "of the day": (
        f"{OF_THE_FILE}/2026-11-23",
        "aA6hnv1WUhaWRq5sINCSUWKq+ZB2nRefyOOa0KY7VOZg6QeSUn64bQET3UEESNe6VTCieYRaAsdWHVKd",
        "2Jf20/Fv/E5LEWD9pJW4bzJe7L6Sojv30bV7Y6R5",
    ),
    "of the chain's first day": (
        f"{OF_THE_FILE}/2026-11-20",
        "dYy2wnzccK/lBgecUjEx0tc8DJi8r5h/Q2bxSXJDszVlG82ydqqIwowHfruJ0x2YFG6lymWhq6Pv66wE",
        "WHslq2CeIn/uI7JaUvccC820Rsyby6UYwbg+Govt",
    ),
    "of keys in a variable": (
        "",
        "a3h7IavSsqBm6TcKsN2rYc3o5XjzZ7RC+WD3FhG3vRIot/qwbekGNhq/OmHhqmYPE/uRJS1Rw/NyfwK2",
        "Nzt4MPBe9mvlweTZYNofgvhh1wXcVdjfunbW7R7R",
    ),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "ring").write_text(RING, encoding="ascii")
    return tmp_path / "ring"


def vault(path: Path, named: str = OF_THE_FILE) -> Vault:
    return Vault(KeyringFile(path), lambda: NOW) if named else Vault(ROOT)


@pytest.mark.parametrize(("name", "wrapped", "sealed"), CASES.values(), ids=CASES)
def test_a_case_of_then_opens(path: Path, name: str, wrapped: str, sealed: str) -> None:
    case = vault(path, name).case(b64decode(wrapped), "smedjebacken", "AB23", name)
    assert case.unseal(b64decode(sealed), "report", b"1") == "å"


def test_a_case_of_a_day_that_is_kept_by_itself_opens(path: Path) -> None:
    wrapped = b64decode("l6FDrS3Vubb7tDLaAPw9KavdSpGnZ+Z6Njre279VpDAQIdVRrj/Q2hpHkSpEsO6Mq8F7Nime9ZWnaoB7")
    assert vault(path).case(wrapped, "smedjebacken", "AB23", f"{OF_THE_FILE}/2026-11-19").key == bytes(32)


@pytest.mark.parametrize(
    ("named", "sealed"),
    [
        (OF_THE_FILE, "porJ8VWIqPnEop/FX2B9Q07C5sXY4ErwtvuXD8iZwXI="),
        ("", "UJfxxMunCv0lGSOpoBByQkt8qTK48MMCcDuhHP5jl20="),
    ],
)
def test_a_conversation_of_then_goes_on(path: Path, named: str, sealed: str) -> None:
    assert vault(path, named).unseal(b64decode(sealed), b"about") == b"said"


def test_what_was_stored_under_a_hash_is_found(path: Path) -> None:
    of_the_file = "f79a66ca91ffae2aaf331a55de0294cac4b5efde202dfd2f59f6dfb2ec41f652"
    of_the_variable = "16725b137875ffc8498b355ccabcb139d393a467d3af23da2c956cbbdfdf5259"
    assert vault(path).lookup("code", "1", "23", owner="smedjebacken").hex() == of_the_file
    assert vault(path, "").lookup("code", "1", "23", owner="smedjebacken").hex() == of_the_variable
    assert [one.hex() for one in vault(path).lookups("code", "1", "23", owner="smedjebacken")] == [of_the_file]
    assert [one.hex() for one in vault(path, "").lookups("code", "1", "23")] == [of_the_variable]


def test_a_key_that_has_been_used_is_forgotten_with_the_ring_that_held_it(path: Path) -> None:
    keys = KeyringFile(path)
    one = Vault(keys, lambda: NOW)
    name, wrapped, _ = CASES["of the chain's first day"]
    for _ in range(2):
        assert one.case(b64decode(wrapped), "smedjebacken", "AB23", name).key
    keys.forget("smedjebacken", set(), NOW.date())
    with pytest.raises(UnreadableError, match=r"no key opens b'bcdf4ae8/2026-11-20/AB23'"):
        one.case(b64decode(wrapped), "smedjebacken", "AB23", name)


def test_of_a_key_whose_time_has_not_come_only_the_newest_that_has_is_used(path: Path) -> None:
    early = Vault(KeyringFile(path), lambda: datetime(2026, 11, 23, 11, 59, tzinfo=UTC))
    assert early.current.name == OF_THE_FILE  # there is no other
    path.write_text(f"key x 2026-11-23T13:00:00+00:00 {SECRET}\n{RING}", encoding="ascii")
    ahead = Vault(KeyringFile(path), lambda: datetime(2026, 11, 23, 12, 59, 59, tzinfo=UTC))
    assert ahead.current.name == OF_THE_FILE
    assert vault(path).current.name != OF_THE_FILE
