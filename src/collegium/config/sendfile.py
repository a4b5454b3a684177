"""Lets the edge send large files from the disk, so that a slow reader holds none of Django's threads."""

from collections.abc import Callable
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from collegium.kit.files import UploadResponse

Handler = Callable[[HttpRequest], HttpResponseBase]
SMALLEST = 1_000_000  #: bytes; what is smaller may be stored by the edge
LENGTH = "Content-Length"


class SendFileMiddleware:
    """Name the file to the edge instead of sending it, where the edge says that it can."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.headers.get("X-Collegium-Sends-Files") != "1" or request.method != "GET":
            return response
        path, first = _local_file(response)
        length = int(response.headers.get(LENGTH) or 0)
        if path is None or length < SMALLEST:
            return response
        response.close()
        return _named(response, path, first, length)


def _local_file(response: HttpResponseBase) -> tuple[Path | None, int]:
    """The file that `response` streams, and from which byte on."""
    if isinstance(response, UploadResponse):
        return response.path, response.first
    stream = getattr(response, "file_to_stream", None) if isinstance(response, FileResponse) else None
    name = getattr(stream, "name", None)
    return (Path(name), 0) if isinstance(name, str) and Path(name).is_absolute() else (None, 0)


def _named(response: HttpResponseBase, path: Path, first: int, length: int) -> HttpResponse:
    named = HttpResponse(status=response.status_code)
    named.cookies = response.cookies
    for name, value in response.headers.items():
        if name != LENGTH:
            named.headers[name] = value
    named.headers["X-Collegium-File"] = str(path)
    named.headers["X-Collegium-Offset"] = str(first)
    named.headers["X-Collegium-Length"] = str(length)
    return named
