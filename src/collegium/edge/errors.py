"""The refusals of the edge."""


class HTTPError(Exception):
    """A request that the edge answers itself: the status, and why."""

    def __init__(self, status: int, why: str = "") -> None:
        self.status, self.why = status, why
        super().__init__(why)


class UpstreamError(HTTPError):
    """Django gave no response: the status for the reader."""

    def __init__(self, status: int) -> None:
        super().__init__(status)

    def __str__(self) -> str:
        return f"no answer from Django ({self.status})"
