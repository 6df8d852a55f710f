"""Requests that nobody thought of: whatever the bytes, our lock says no more than Twilio's own validator would."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import Rows
from tests.web.forged.chance import RANDOM, Lock, altered, lock
from tests.web.forged.oracle import twilio_says
from tests.web.forged.requests import FORM_TYPE, Genuine, Sent, genuine

GENUINE = st.sampled_from(list(genuine()))
LETTERS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_.-]{0,20}", fullmatch=True)
HERE: Lock = lock()


@given(one=GENUINE, body=st.binary(max_size=200), signature=st.text("ABCdef019+/=", max_size=32))
def test_any_body_under_any_signature_is_refused(one: Genuine, body: bytes, signature: str) -> None:
    assert HERE.knock(Sent(one.path, (FORM_TYPE, ("X-Twilio-Signature", signature)), body)) == 403
    assert HERE.door.memory.rows == Rows()


@given(one=GENUINE, chance=st.randoms(use_true_random=False))
def test_a_genuine_request_with_any_byte_changed_is_refused(one: Genuine, chance: RANDOM) -> None:
    sent = altered(one, chance)
    assert twilio_says(sent) or HERE.knock(sent) != 200
    assert twilio_says(sent) or HERE.door.memory.rows == Rows()


@given(one=GENUINE, form=st.dictionaries(NAMES, LETTERS, max_size=8))
def test_whatever_twilio_may_sign_tomorrow_is_let_in(one: Genuine, form: dict[str, str]) -> None:
    sent = one.signed(one.path, form)
    assert twilio_says(sent)
    assert lock().knock(replace(sent)) != 403 or "/whisper/" in one.path
