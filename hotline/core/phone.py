"""Telephone numbers as values: which can take a text, which are no number. What may not enter: where a number is.

The carrier writes a withheld number in words (since 2022), as the same words typed on a keypad, or not at all. All
who withhold theirs share one value, so that none of these may ever be kept, compared or texted.

The world's numbering plans are loaded where somebody types a number: what the carrier writes needs none.
"""

import re

# ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN, UNAVAILABLE, typed on a keypad; the second in the form that was also seen.
WITHHELD_DIGITS = frozenset({"266696687", "7378742833", "737874283", "2562533", "8656696", "86282452253"})
_E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)


def e164(written: str, region: str = "SE") -> str | None:
    """+46240660335 of "0240-660 335", as written in `region`; None for what is no number there."""
    import phonenumbers  # noqa: PLC0415 - as said

    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def can_be_texted(number: str) -> bool:
    """Whether a text to this number (E.164) can arrive: mobiles, never landlines."""
    import phonenumbers  # noqa: PLC0415 - as said

    mobile = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    try:
        return phonenumbers.number_type(phonenumbers.parse(number)) in mobile
    except phonenumbers.NumberParseException:
        return False


def caller_of(from_param: str) -> str | None:
    """The caller's number (E.164), or None when it is withheld in words, in old digits, empty, or no number."""
    number = from_param.strip()
    if number.lstrip("+") in WITHHELD_DIGITS or not _E164.fullmatch(number):
        return None
    return number


def number_from_keys(keys: str) -> str | None:
    """The number (E.164) that a caller in Sweden typed, with or without # at the end; None when it is no person's.

    Social services will call it: one that charges whoever calls, or goes by satellite, is how they would be cheated.
    """
    digits = keys.strip().rstrip("#").replace("*", "+")
    number = e164(digits) if digits else None
    return number if number and _is_a_persons(number) else None


def _is_a_persons(number: str) -> bool:
    import phonenumbers  # noqa: PLC0415 - as said

    parsed, kinds = phonenumbers.parse(number), phonenumbers.PhoneNumberType
    if phonenumbers.region_code_for_number(parsed) == phonenumbers.REGION_CODE_FOR_NON_GEO_ENTITY:
        return False
    return can_be_texted(number) or phonenumbers.number_type(parsed) in (kinds.FIXED_LINE, kinds.VOIP)


def digits_of(number: str) -> str:
    """In whatever form the carrier writes it: two that are the same number have the same digits."""
    return "".join(filter(str.isdigit, number)).removeprefix("00")
