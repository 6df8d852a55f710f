"""Counts for /metrics: how often, how long, never who or what."""

from collections.abc import Iterator
from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeHistogramMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from hotline.ports import Figures

BOUNDS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 90.0, float("inf"))  # seconds; the promise is 2 for most, 5 for nearly all


class Promises(Collector):
    """What the database says of our promises at this moment, the same in every process. None: it says nothing."""

    figures: Figures | None = None

    def collect(self) -> Iterator[Metric]:
        if self.figures is None:
            return
        alerts = GaugeMetricFamily("hotline_alerts_waiting", "Alerts nobody has acknowledged.", labels=("priority",))
        for priority in (1, 2, 3):
            alerts.add_metric([str(priority)], self.figures.waiting.get(priority, 0))
        yield alerts
        made = GaugeMetricFamily("hotline_deliveries_waiting", "Deliveries still to be made, by why.", labels=("why",))
        for why in ("due", "tried_again", "unsure"):
            made.add_metric([why], getattr(self.figures, why))
        yield made
        seconds = self.figures.seconds
        yield GaugeHistogramMetricFamily(
            "hotline_urgent_hand_over_seconds",
            "From consent until the carrier took the first message: urgent reports of the last 24 hours.",
            buckets=[(f"{bound:g}".replace("inf", "+Inf"), sum(one <= bound for one in seconds)) for bound in BOUNDS],
            gsum_value=sum(seconds),
        )


class Counts:
    """One registry per application, so that two applications in one process do not meet."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "hotline_requests", "Answered requests by door and status.", ("door", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "hotline_request_seconds", "Time to an answer by door.", ("door",), registry=self.registry
        )
        self.refused = Counter(
            "hotline_refused", "Requests that Twilio did not sign, by reason.", ("reason",), registry=self.registry
        )
        self.faults = Counter(
            "hotline_faults", "Answers given after a fault of ours, by kind.", ("kind",), registry=self.registry
        )
        self.promises = Promises()
        self.registry.register(self.promises)
        self.ready = Gauge("hotline_ready", "1 while every part works.", registry=self.registry)
        # To find a row by its labels costs more than to count in it; there are as many as doors and statuses.
        self._rows = lru_cache(maxsize=256)(self.requests.labels)
        self._times = lru_cache(maxsize=64)(self.seconds.labels)

    def answered(self, door: str, status: int, seconds: float) -> None:
        """One request."""
        self._rows(door, status).inc()
        self._times(door).observe(seconds)

    def text(self) -> bytes:
        """In Prometheus' own format."""
        return generate_latest(self.registry)
