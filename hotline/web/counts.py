"""Counts for /metrics: how often, how long, never who or what."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


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
        self.ready = Gauge("hotline_ready", "1 while every part works.", registry=self.registry)

    def text(self) -> bytes:
        """In Prometheus' own format."""
        return generate_latest(self.registry)
