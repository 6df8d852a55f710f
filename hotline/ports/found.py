"""What the store finds: values, and nothing that fetches them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hotline.core.alert import Alert, Delivery
from hotline.core.case import Addendum, Report


@dataclass(frozen=True)
class Opened:
    """A conversation opened for one turn, locked until the work ends.

    `answer`: what was answered before to this carrier id, byte for byte, or None. `state`: the conversation as it was
    kept (JSON text), or None when there is none or it has been idle for longer than `idle`.
    """

    answer: bytes | None
    state: str | None = field(repr=False)


@dataclass(frozen=True)
class CaseFile:
    """All that is known of one case. Reading one is written down in the audit trail, in the same transaction."""

    report: Report
    addenda: tuple[Addendum, ...]
    alert: Alert
    deliveries: tuple[Delivery, ...]
    broken_off: bool = False

    @property
    def incomplete(self) -> bool:
        """The caller left, or fell silent, before saying where it is or how to call back."""
        return not self.report.own and (self.broken_off or not self._complete)

    @property
    def _complete(self) -> bool:
        return any(addendum.kind in ("place", "call_back") for addendum in self.addenda)


@dataclass(frozen=True)
class Overdue:
    """What should have happened by now. All empty: every promise is kept."""

    cases_without_alert: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    deliveries: int = 0


@dataclass(frozen=True)
class Figures:
    """How the promises are kept now; counts only.

    `waiting`: alerts that nobody has acknowledged, by priority. `due`, `tried_again`, `unsure`: deliveries not yet
    made, those that failed before, and those that a worker was making when it died. `seconds`: from consent until the
    carrier took the first message, each urgent report of a while; one that still waits counts with its wait so far.
    """

    waiting: Mapping[int, int]
    due: int
    tried_again: int
    unsure: int
    seconds: tuple[float, ...]
