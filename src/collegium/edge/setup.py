"""The configuration of an edge: plain data, which crosses from one process to another as JSON."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Setup:
    """Where an edge listens and asks, and its limits. Times are seconds, sizes bytes."""

    socket: str  #: of Django's workers
    version_file: str  #: the file of the content version
    spool: str  #: folder for bodies and responses that are too large for memory
    ready_host: str = "localhost"  #: a name that Django answers to
    hosts: tuple[str, ...] = ("*",)  #: the names of this site, as ALLOWED_HOSTS has them
    host: str = "127.0.0.1"
    port: int = 8000
    certificate: str = ""
    key: str = ""
    metrics_port: int = 0  #: none where 0
    behind_proxy: bool = False  #: whether a proxy of ours speaks HTTPS and says for whom
    database: dict[str, Any] = field(default_factory=dict)  #: how to reach PostgreSQL; empty on SQLite
    connections: int = 10_000  #: open at the same time
    client_connections: int = 500  #: of one client address; not counted behind a proxy
    client_requests: int = 48  #: of one client address that wait for Django
    slots: int = 8  #: requests that Django answers at the same time
    queue: int = 512  #: requests that may wait for one of them
    memory: int = 128 * MEGABYTE  #: of stored responses
    largest: int = 4 * MEGABYTE  #: a longer response is streamed and not stored
    streams: int = 100  #: long responses that are sent at the same time
    stream_spool: int = 1_000 * MEGABYTE  #: of long responses that wait on the disk for their readers
    small_body: int = MEGABYTE  #: of a request, unless Django allows its sender more
    body: int = 210 * MEGABYTE  #: of a request, at most; a recording may have 200 MB
    small_bodies: int = 64 * MEGABYTE  #: of all small bodies that are being received
    bodies: int = 1_000 * MEGABYTE  #: of all larger ones
    body_rate: int = 8_000  #: bytes a second, at least, that a body must arrive with
    disk_reserve: int = 200 * MEGABYTE  #: left free on the disk, for the database
    connect: float = 10.0  #: while Django's workers start, and nothing was sent yet
    answer: float = 60.0  #: that Django may be silent
    patience: float = 5.0  #: until a stale page is served where Django is slow
    stale: float = 3_600.0  #: for which a page may be served stale while Django or its database is away
    head: float = 10.0  #: for a request's line and headers to arrive
    silence: float = 30.0  #: that a client may be silent while it sends a body, or take nothing of a response

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Setup":
        values = json.loads(text)
        return cls(**values | {"hosts": tuple(values["hosts"])})

    def scheme(self) -> str:
        """How readers reach us, where no proxy says so."""
        return "https" if self.certificate else "http"
