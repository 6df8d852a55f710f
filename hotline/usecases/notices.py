"""What an officer's text or letter says: reference, priority, a code, an age. What may not enter: a person, a place.

Nothing that somebody in whose hands the telephone lies could use.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from hotline.core.alert import Alert, Delivery, Purpose

STALE = timedelta(minutes=10)  # from then on the text says how long the case has waited
Texts = Mapping[str, str]


def notice(texts: Texts, name: str, delivery: Delivery, alert: Alert, now: datetime) -> str:
    """The text with this name, about this case."""
    return texts[name].format(
        reference=alert.reference,
        priority=int(alert.priority),
        code=delivery.code,
        minutes=int((now - alert.raised_at).total_seconds() // 60),
    )


def text_body(texts: Texts, taken: Sequence[Delivery], alerts: Sequence[Alert], now: datetime) -> str:
    """Of one case, or of each of several."""
    if taken[0].purpose is Purpose.TAKEN:
        return notice(texts, "text_taken", taken[0], alerts[0], now)
    # A worker that stood still may have two texts to the same person about the same case: it is named once.
    cases: dict[str, tuple[Delivery, Alert]] = {}
    for one, alert in zip(taken, alerts, strict=True):
        cases.setdefault(one.reference, (one, alert))
    fresh, stale = ("text_alert", "text_waiting") if len(cases) == 1 else ("text_one_of_many", "text_one_waiting")
    lines = [
        notice(texts, stale if now - alert.raised_at >= STALE else fresh, one, alert, now)
        for one, alert in cases.values()
    ]
    return lines[0] if len(lines) == 1 else texts["text_many"].format(count=len(lines), cases=" ".join(lines))
