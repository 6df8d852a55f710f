"""A trial report travels the whole way on a schedule: through our public door, to telephones of its own.

Success is measured at the far end: only the carrier's word that it was delivered counts. When none comes in time,
social services are told, `readyz` says so, and nobody outside hears the dead man's call.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hotline.core.alert import AlertState, DeliveryState
from hotline.core.conversation import IDLE
from hotline.core.flow import Script
from hotline.core.municipality import Municipality, Probe
from hotline.ports import Begin, Chance, Clock, Door, DoorError, Work

from .own_reports import file_own_report

SEEN = (DeliveryState.DELIVERED, DeliveryState.ACKNOWLEDGED)


@dataclass(frozen=True)
class Trial:
    """The last one. `begun`: aware, UTC. `arrived`, `told`: that it came, or that somebody has been told it did not."""

    begun: datetime
    reference: str = ""
    arrived: bool = False
    told: bool = False

    def to_text(self) -> str:
        return json.dumps([self.begun.isoformat(), self.reference, self.arrived, self.told])

    @classmethod
    def from_text(cls, text: str) -> "Trial":
        begun, reference, arrived, told = json.loads(text)
        return cls(datetime.fromisoformat(begun), reference, arrived, told)


def mark_of(municipality: Municipality) -> str:
    """Under which name the last trial is remembered."""
    return f"probe:{municipality.key}"


def last_trial(work: Work, municipality: Municipality) -> Trial | None:
    """The last trial report of this municipality."""
    text = work.marked(mark_of(municipality))
    return Trial.from_text(text) if text else None


def is_missing(trial: Trial | None, probe: Probe, now: datetime) -> bool:
    """Whether the last one should have arrived by now."""
    return trial is not None and not trial.arrived and now - trial.begun > timedelta(minutes=probe.within)


def probe_once(
    municipality: Municipality,
    script: Script,
    *,
    begin: Begin,
    door: Door,
    clock: Clock,
    chance: Chance,
    now_due: bool = False,
) -> Trial | None:
    """Look after the last trial, and begin the next when its time has come (`now_due`: at once)."""
    probe, now = municipality.probe, clock.now()
    if probe is None:
        return None
    with begin() as work:
        trial = _looked_after(work, municipality, probe, last_trial(work, municipality), now, chance)
        due = now_due or (trial is not None and now - trial.begun >= timedelta(minutes=probe.every))
        if trial is None and not now_due:
            # The first one of a new hotline comes after a whole interval: nobody is surprised by it at a first start.
            work.mark(mark_of(municipality), Trial(now, arrived=True).to_text())
        if not due:
            return trial
        _end_the_last(work, municipality, probe, now)
        work.mark(mark_of(municipality), (trial := Trial(now)).to_text())
    try:
        travel(municipality, script, probe, door, now)
    except DoorError:
        return trial  # it will be missing, and told
    with begin() as work:
        trial = replace(trial, reference=_newest(work, municipality))
        work.mark(mark_of(municipality), trial.to_text())
    return trial


def _newest(work: Work, municipality: Municipality) -> str:
    """The report that our own texts have just made, as `intake` wrote it down."""
    return work.marked(f"{mark_of(municipality)}:reference") or ""


def _end_the_last(work: Work, municipality: Municipality, probe: Probe, now: datetime) -> None:
    """Nothing of the last trial counts for the next: not its report, not its alert, not where its texts had come to."""
    alert = work.find_alert(_newest(work, municipality))
    if alert and alert.state is not AlertState.CLOSED:
        work.move_alert(replace(alert, state=AlertState.CLOSED), ())
    work.mark(f"{mark_of(municipality)}:reference", "")
    key, carrier_id = f"sms|{municipality.key}|{probe.caller}", f"SMprobe{int(now.timestamp())}"
    if work.open_turn(key, carrier_id, now, IDLE).answer is None:
        work.keep_turn(key, carrier_id, now, b"", None, municipality=municipality.key)


def _looked_after(
    work: Work, municipality: Municipality, probe: Probe, trial: Trial | None, now: datetime, chance: Chance
) -> Trial | None:
    if trial is None or trial.arrived:
        return trial
    alert = work.find_alert(trial.reference) if trial.reference else None
    if alert and any(one.state in SEEN for one in work.deliveries_of(trial.reference)):
        trial = replace(trial, arrived=True)
        work.move_alert(replace(alert, state=AlertState.CLOSED), ())
        work.mark(mark_of(municipality), trial.to_text())
    elif is_missing(trial, probe, now) and not trial.told:
        trial = replace(trial, told=True)
        file_own_report(work, municipality, "fault", "probe", at=now, chance=chance)
        work.mark(mark_of(municipality), trial.to_text())
    return trial


def travel(municipality: Municipality, script: Script, probe: Probe, door: Door, now: datetime) -> None:
    """The shortest way through the script to a report, text by text. Raises DoorError."""
    from hotline.core.rehearsing import shortest_way  # noqa: PLC0415 - it walks through the script, once a day

    for number, words in enumerate(shortest_way(script, municipality)):
        carrier_id = f"SMprobe{int(now.timestamp())}{number:02}"
        door.text(sender=probe.caller, line=municipality.lines[0], body=words, carrier_id=carrier_id)
