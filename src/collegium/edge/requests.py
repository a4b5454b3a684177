"""A client's request, parsed and validated once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from collegium.edge import addresses, body, parameters, rules
from collegium.edge.errors import HTTPError
from collegium.edge.setup import Setup
from collegium.edge.upstream import UpstreamRequest

LONGEST_HEAD = 65_536  #: bytes; the server itself is less exact
#: Conditional headers: this client may get 304, other readers of the shared response may not.
CONDITIONS = {"if-none-match", "if-modified-since", "if-match", "if-unmodified-since", "if-range"}
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class Request:
    """A client's request; `HTTPError` if it cannot be forwarded unchanged."""

    def __init__(self, scope: Any, setup: Setup) -> None:
        headers = scope.headers
        self.scope, self.setup = scope, setup
        self.method: str = scope.method
        if self.method not in METHODS:
            raise HTTPError(405, "This site does not know what is to be done.")
        try:
            names = [scope.authority] if scope.authority else headers.get_all("host")
            self.host = addresses.host(names)
            self.target = addresses.target(scope.path, scope.query_string)
        except addresses.InvalidAddress as invalid:
            raise HTTPError(400, str(invalid)) from None
        if not addresses.is_of_site(self.host, setup.hosts):
            raise HTTPError(400, "This site has another name.")
        self.headers: Sequence[tuple[str, str]] = headers.items()
        if sum(len(name) + len(value) + 4 for name, value in self.headers) > LONGEST_HEAD:
            raise HTTPError(431, "Your browser sends more about itself than this site takes.")
        self.scheme = _scheme(scope, setup)
        self.cookie: str = "; ".join(headers.get_all("cookie"))
        # Only HTTP/1.1 says by its headers that there is no body.
        expected = not str(scope.http_version).startswith("1") and self.method in ("POST", "PUT", "PATCH")
        self.length = body.content_length(headers, limit=setup.body, expected=expected)

    @property
    def client(self) -> str:
        """The client's address."""
        return client(self.scope, self.setup)

    @property
    def has_body(self) -> bool:
        return self.length > 0

    def has_session(self) -> bool:
        return rules.has_personal_cookie(self.cookie)

    def is_cacheable(self) -> bool:
        """Whether the store may answer: anybody else who asked this would get the same."""
        headers = self.scope.headers
        return (
            self.method in ("GET", "HEAD")
            and not self.has_body
            and rules.is_cacheable_path(self.scope.path)
            and not (self.cookie and rules.has_personal_cookie(self.cookie))
            and headers.get("authorization") is None
            and headers.get("range") is None
        )

    def shared_request(self, query: str) -> UpstreamRequest:
        """The request for a response that all readers share, without this client's conditions."""
        whole = self.upstream_request(method="GET", query=query)
        headers = [(name, value) for name, value in whole.headers if name not in CONDITIONS]
        return replace(whole, headers=headers)

    def upstream_request(
        self, *, method: str = "", query: str | None = None, spool: Any = None
    ) -> UpstreamRequest:
        """The request for Django, with another method or `query` if given."""
        target = self.target if query is None else addresses.target(self.scope.path, query)
        return UpstreamRequest(
            method=method or self.method,
            target=target,
            host=self.host,
            scheme=self.scheme,
            client=self.client,
            headers=[(name, value) for name, value in self.headers if name != "cookie"]
            + ([("cookie", self.cookie)] if self.cookie else []),
            spool=spool,
        )

    def normalized_query(self) -> tuple[str, bool]:
        """The query with declared parameters only, and whether the response may be stored."""
        return parameters.normalized_query(self.scope.query_string)


def _scheme(scope: Any, setup: Setup) -> str:
    if setup.behind_proxy:
        said = scope.headers.get("x-forwarded-proto") or "http"
        return "https" if said.strip().lower() == "https" else "http"
    return setup.scheme()


def client(scope: Any, setup: Setup) -> str:
    """The client's address: behind a proxy of ours, the last one in X-Forwarded-For."""
    if setup.behind_proxy:
        chain = scope.headers.get_all("x-forwarded-for")
        last: str = chain[-1].rpartition(",")[2].strip() if chain else ""
        if last:
            return last
    return str(scope.client).rpartition(":")[0].strip("[]")
