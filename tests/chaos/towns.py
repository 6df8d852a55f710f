"""Two municipalities for the storm: at one somebody answers at every hour, the other is closed at every hour of it.

So that every storm connects callers, climbs by day, wakes people by night and waits for opening, whenever it is run.
"""

import re
from datetime import timedelta
from pathlib import Path

from hotline.adapters.municipality_files import load_municipalities
from hotline.adapters.municipality_schema import DAYS
from hotline.adapters.system_clock import SystemClock
from tests.chaos.hotline import town

LINES = ("+46846500400", "+46846500401")
HOURS = re.compile(r"(?<=  weekly:\n).*?(?=  closed:)", re.DOTALL)


def pins_of(folder: Path) -> dict[str, str]:
    """What whoever answers at each telephone presses."""
    every = [one for town in load_municipalities(folder).values() for one in (*town.by_day, *town.by_night)]
    return {contact.address: contact.pin for level in every for contact in level.contacts}


def two_towns(folder: Path) -> Path:
    """Their files, with telephones of their own."""
    path = town(folder) / "smedjebacken.yaml"
    text = path.read_text(encoding="utf-8")
    always = "".join(f'    {day}: ["00:00-23:59"]\n' for day in DAYS)
    later = DAYS[(SystemClock().now() + timedelta(days=3)).weekday()]
    path.write_text(HOURS.sub(always, text), encoding="utf-8")
    closed = HOURS.sub(f'    {later}: ["08:00-16:30"]\n', text).replace("Smedjebackens kommun", "Grannkommunen")
    for ours, theirs in ((LINES[0], LINES[1]), ("0240-660 335", "0240-660 336"), ("070-174 06 0", "070-174 06 1")):
        closed = closed.replace(ours, theirs)
    (folder / "grannkommunen.yaml").write_text(closed, encoding="utf-8")
    return folder
