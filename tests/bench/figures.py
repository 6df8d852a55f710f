"""Figures as they are printed: a median, its spread, and what it was to be."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """A row of the table. `met`: None where nothing was promised."""

    what: str
    value: str
    goal: str = ""
    met: bool | None = None

    def row(self) -> str:
        mark = {True: "yes", False: "no", None: ""}[self.met]
        return f"| {self.what} | {self.value} | {self.goal} | {mark} |\n"


HEAD = "| what | measured | goal | met |\n| --- | --- | --- | --- |\n"


def spread(values: Sequence[float], unit: str = "", digits: int = 2) -> str:
    """The median, and between what all of them lie."""
    return f"{median(values):.{digits}f}{unit} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def at_least(what: str, values: Sequence[float], goal: float, unit: str = " ×") -> Figure:
    return Figure(what, spread(values, unit), f"≥ {goal:g}{unit}", median(values) >= goal)


def at_most(what: str, values: Sequence[float], goal: float, unit: str = " ×", digits: int = 2) -> Figure:
    return Figure(what, spread(values, unit, digits), f"≤ {goal:g}{unit}", median(values) <= goal)
