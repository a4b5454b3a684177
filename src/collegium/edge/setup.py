"""What an edge is told when it starts: plain data, which crosses from one process to another as JSON."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Setup:
    """Where an edge listens and asks, and its limits. Times are seconds, sizes bytes."""

    socket: str  #: of Django's workers
    version_file: str  #: the file of the content version
    spool: str  #: folder for request bodies that are too large for memory
    ready_host: str = "localhost"  #: a name that Django answers to
    host: str = "127.0.0.1"
    port: int = 8000
    certificate: str = ""
    key: str = ""
    metrics_port: int = 0  #: none where 0
    behind_proxy: bool = False  #: whether a proxy of ours speaks HTTPS and says for whom
    database: dict[str, Any] = field(default_factory=dict)  #: how to reach PostgreSQL; empty on SQLite
    connections: int = 10_000  #: open at the same time
    slots: int = 8  #: requests that Django answers at the same time
    queue: int = 512  #: requests that may wait for one of them
    memory: int = 128 * MEGABYTE  #: of stored answers
    largest: int = 4 * MEGABYTE  #: a longer answer is passed on and not stored
    body: int = 210 * MEGABYTE  #: of a request; a recording may have 200 MB
    connect: float = 10.0  #: while Django's workers start, and nothing was sent yet
    answer: float = 60.0  #: that Django may be silent
    head: float = 10.0  #: for a request's line and headers to arrive
    silence: float = 30.0  #: that a client may be silent while it sends a body

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Setup":
        return cls(**json.loads(text))

    def scheme(self) -> str:
        """How readers reach us, where no proxy says so."""
        return "https" if self.certificate else "http"
