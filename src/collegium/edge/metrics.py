"""What the edge counts, and the local port at which a monitor reads it."""

import socket
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator

from aiohttp import web
from prometheus_client import CollectorRegistry, Histogram, disable_created_metrics, generate_latest
from prometheus_client import Counter as Total
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
OUTCOMES = ("hit", "renewed", "stale", "relayed", "refused", "gone")

disable_created_metrics()


class Counts(Collector):
    """How often what happened since this edge started.

    Hits are plain numbers, which cost next to nothing, until a monitor asks for them.
    """

    def __init__(self, gauges: Callable[[], dict[str, float]]) -> None:
        self.hits = 0
        self.unchanged = 0  #: of all responses, those that were 304
        self.others: Counter[str] = Counter()  #: by outcome
        self._gauges = gauges
        self._registry = CollectorRegistry()
        self._registry.register(self)
        self._seconds = Histogram(
            "collegium_edge_django_seconds",
            "Time until Django answered.",
            buckets=BUCKETS,
            registry=self._registry,
        )
        self._answers = Total(
            "collegium_edge_django_answers",
            "Responses of Django.",
            ["status"],
            registry=self._registry,
        )

    def took(self, seconds: float, status: int) -> None:
        """Django answered `status` after `seconds`."""
        self._seconds.observe(seconds)
        self._answers.labels(status).inc()

    def collect(self) -> Iterator[Metric]:
        requests = CounterMetricFamily(
            "collegium_edge_requests", "Requests by what became of them.", labels=["outcome"]
        )
        for outcome in OUTCOMES:
            requests.add_metric([outcome], self.hits if outcome == "hit" else self.others[outcome])
        yield requests
        yield CounterMetricFamily("collegium_edge_unchanged", "Responses 304.", value=self.unchanged)
        for name, value in self._gauges().items():
            yield GaugeMetricFamily(f"collegium_edge_{name}", name.replace("_", " "), value=value)

    def text(self) -> bytes:
        """All of it in Prometheus' text format."""
        return generate_latest(self._registry)


async def open_door(
    port: int, counts: Counts, is_ready: Callable[[], Awaitable[tuple[bool, str]]]
) -> web.AppRunner:
    """Answer /metrics, /healthz and /readyz at 127.0.0.1:`port` until the runner is cleaned up."""

    async def metrics(request: web.Request) -> web.Response:
        return web.Response(body=counts.text(), headers={"Content-Type": "text/plain; version=0.0.4"})

    async def healthz(request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(request: web.Request) -> web.Response:
        ready, said = await is_ready()
        return web.Response(text=said, status=200 if ready else 503)

    application = web.Application()
    application.router.add_get("/metrics", metrics)
    application.router.add_get("/healthz", healthz)
    application.router.add_get("/readyz", readyz)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    # An edge that shows a new certificate comes before the one that it follows has gone.
    await web.TCPSite(runner, "127.0.0.1", port, reuse_port=hasattr(socket, "SO_REUSEPORT") or None).start()
    return runner
