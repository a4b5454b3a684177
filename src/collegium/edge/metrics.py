"""What the edge counts, and the local door at which a monitor reads it."""

import socket
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator

from aiohttp import web

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Counts:
    """How often what happened since this edge started."""

    def __init__(self) -> None:
        self.hits = 0
        self.unchanged = 0  #: of all answers, those that only said that nothing has changed
        self.others: Counter[str] = Counter()  #: renewed, stale, relayed, refused
        self.statuses: Counter[int] = Counter()  #: of answers that Django was asked for
        self.seconds: Counter[float] = Counter()  #: by the bucket that Django's answer fell into
        self.seconds_sum = 0.0
        self.asked = 0

    def took(self, seconds: float, status: int) -> None:
        """Django answered `status` after `seconds`."""
        self.asked += 1
        self.seconds_sum += seconds
        self.statuses[status] += 1
        self.seconds[next((limit for limit in BUCKETS if seconds <= limit), float("inf"))] += 1


def lines(counts: Counts, gauges: dict[str, float]) -> Iterator[str]:
    """All of it in Prometheus' text format."""
    yield "# TYPE collegium_edge_requests_total counter"
    told = {"hit": counts.hits, **counts.others}
    for outcome in ("hit", "renewed", "stale", "relayed", "refused", "gone"):
        yield f'collegium_edge_requests_total{{outcome="{outcome}"}} {told.get(outcome, 0)}'
    yield "# TYPE collegium_edge_unchanged_total counter"
    yield f"collegium_edge_unchanged_total {counts.unchanged}"
    yield "# TYPE collegium_edge_django_answers_total counter"
    for status, number in sorted(counts.statuses.items()):
        yield f'collegium_edge_django_answers_total{{status="{status}"}} {number}'
    yield "# TYPE collegium_edge_django_seconds histogram"
    so_far = 0
    for limit in BUCKETS:
        so_far += counts.seconds[limit]
        yield f'collegium_edge_django_seconds_bucket{{le="{limit}"}} {so_far}'
    yield f'collegium_edge_django_seconds_bucket{{le="+Inf"}} {counts.asked}'
    yield f"collegium_edge_django_seconds_sum {counts.seconds_sum:.6f}"
    yield f"collegium_edge_django_seconds_count {counts.asked}"
    for name, value in gauges.items():
        yield f"# TYPE collegium_edge_{name} gauge"
        yield f"collegium_edge_{name} {value:g}"


async def open_door(
    port: int, text: Callable[[], str], is_ready: Callable[[], Awaitable[tuple[bool, str]]]
) -> web.AppRunner:
    """Answer /metrics, /healthz and /readyz at 127.0.0.1:`port` until the runner is cleaned up."""

    async def metrics(request: web.Request) -> web.Response:
        return web.Response(text=text(), content_type="text/plain")

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
