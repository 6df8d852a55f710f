"""What Twilio keeps of texts and calls: found in its lists, erased through its API, and read back.

What may not enter: when something may go. Twilio refuses to erase a text that is still on its way; numbers and times of
texts and calls stay in its log, and no API erases them.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from hotline.ports import Copy, Kind

PAGE = 1000  # the most that Twilio lists at once
KINDS = {"inbound": Kind.RECEIVED, "outbound-reply": Kind.ANSWER}
LONGEST_CALL = timedelta(hours=4)
GONE = 404
NOT_YET = frozenset({400, 409})  # "delivery has not completed"


def copies(twilio: Client, line: str, since: datetime) -> list[Copy]:
    """Raises what Twilio's library raises. All pages: what is oldest is listed last."""
    came = twilio.messages.stream(to=line, date_sent_after=since, page_size=PAGE)
    went = twilio.messages.stream(from_=line, date_sent_after=since, page_size=PAGE)
    texts = [copy for one in chain(came, went) if one.body or _pictures(one) for copy in _copy_of(one)]
    return texts + list(_recordings(twilio, line, since))


def erase(twilio: Client, copy: Copy) -> bool:
    """Whether it is gone, as Twilio itself says afterwards. Raises what Twilio's library raises."""
    try:
        return _erased_recording(twilio, copy) if copy.kind is Kind.RECORDING else _erased_text(twilio, copy)
    except TwilioRestException as refusal:
        if refusal.status == GONE:
            return True
        if refusal.status in NOT_YET:
            return False
        raise


def _erased_text(twilio: Client, copy: Copy) -> bool:
    text = twilio.messages(copy.carrier_id)
    for picture in text.media.list():
        picture.delete()
    text.update(body="")
    return not text.fetch().body and not text.media.list()


def _erased_recording(twilio: Client, copy: Copy) -> bool:
    recording = twilio.recordings(copy.carrier_id)
    recording.delete()
    recording.fetch()  # there is nothing to fetch once it is gone
    return False


def _recordings(twilio: Client, line: str, since: datetime) -> Iterator[Copy]:
    """We ask for none; somebody may have switched them on at Twilio. Those of other numbers are not ours."""
    found = twilio.recordings.list(date_created_after=since, page_size=PAGE)
    if not found:
        return
    came = twilio.calls.stream(to=line, start_time_after=since - LONGEST_CALL, page_size=PAGE)
    went = twilio.calls.stream(from_=line, start_time_after=since - LONGEST_CALL, page_size=PAGE)
    ours = {str(call.sid) for call in chain(came, went)}
    for one in found:
        if str(one.call_sid) in ours:
            yield Copy(str(one.sid), Kind.RECORDING, one.date_created or since)


def _copy_of(one: Any) -> Iterator[Copy]:  # noqa: ANN401 - the library's texts have no type
    """None for what was taken a moment ago: it may have no date yet, and is found the next time."""
    if at := one.date_sent or one.date_created:
        yield Copy(str(one.sid), KINDS.get(str(one.direction), Kind.SENT), at)


def _pictures(one: Any) -> bool:  # noqa: ANN401 - as above
    return str(one.num_media or "0") != "0"
