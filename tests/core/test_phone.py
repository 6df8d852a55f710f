"""Which numbers are numbers, and which can take a text."""

import pytest

from hotline.core.phone import caller_of, can_be_texted, e164, number_from_keys


@pytest.mark.parametrize("number", ["+46701740612", "+358401234567"])
def test_a_mobile_can_be_texted(number: str) -> None:
    assert can_be_texted(number)


@pytest.mark.parametrize("number", ["+46240660335", "+46846500400", "", "0701740612", "anonymous", "+1"])
def test_a_landline_or_no_number_cannot(number: str) -> None:
    assert not can_be_texted(number)


@pytest.mark.parametrize(
    "withheld",
    ["ANONYMOUS", "Restricted", "unknown", "", " ", "+266696687", "266696687", "+7378742833", "+2562533", "+8656696"],
)
def test_a_withheld_number_is_nobody(withheld: str) -> None:
    assert caller_of(withheld) is None


@pytest.mark.parametrize("odd", ["client:alice", "sip:a@b", "112", "+0701740612", "+4670174061²", "+46 70 174 06 12"])
def test_what_is_no_number_is_nobody(odd: str) -> None:
    assert caller_of(odd) is None


@pytest.mark.parametrize("number", ["+46701740612", "+46846500455", "+358401234567"])
def test_a_number_is_the_caller(number: str) -> None:
    assert caller_of(number) == number


@pytest.mark.parametrize("keys", ["0701740612#", "0701740612", "0046701740612#", "*46701740612#"])
def test_a_typed_number_is_understood(keys: str) -> None:
    assert number_from_keys(keys) == "+46701740612"


@pytest.mark.parametrize("keys", ["", "#", "1#", "112#", "12345", "*", "9" * 40])
def test_keys_that_are_no_number_are_none(keys: str) -> None:
    assert number_from_keys(keys) is None


def test_the_number_of_social_services_is_read_as_it_is_shown() -> None:
    assert e164("0240-660 335") == "+46240660335"


@pytest.mark.parametrize(
    "keys", ["0900 123 45 67", "0939 123 45 67", "0944 123 45 67", "*881612345678", "00979123456789"]
)
def test_a_number_that_charges_whoever_calls_is_nobodys_to_call_back(keys: str) -> None:
    assert number_from_keys(keys.replace(" ", "")) is None


@pytest.mark.parametrize("keys", ["0701740612", "0240660335", "*358401234567", "004915112345678"])
def test_a_persons_number_is_taken_wherever_it_is(keys: str) -> None:
    assert number_from_keys(keys)
