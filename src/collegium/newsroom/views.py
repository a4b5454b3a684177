"""Recordings, served in pieces: a player that jumps to the middle asks for the middle only."""

import re

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from collegium.kit import files
from collegium.newsroom import audio
from collegium.newsroom.models import PodcastEpisode

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_TYPES = {ending: kind for kind, ending in audio.EXTENSIONS.items()}


@require_safe
def recording(request: HttpRequest, name: str) -> HttpResponseBase:
    """The recording called `name`, or a piece of it; to the office alone while no public episode has it."""
    path = f"audio/{name}"
    heard = PodcastEpisode.objects.public().filter(audio=path).exists()
    if not heard and not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    etag = f'"{name}"'  # a recording never changes: another one gets another name
    try:
        response = get_conditional_response(request, etag) or _pieces(request, path, name)
    except FileNotFoundError:
        raise Http404 from None
    except OSError:  # the store is away
        return HttpResponse(status=503, headers={"Retry-After": "5", "Cache-Control": "no-store"})
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    # Asked about each time, for it may be taken down; whoever has it already is told so in a few bytes.
    response["Cache-Control"] = "public, max-age=0, must-revalidate" if heard else "private, no-store"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _pieces(request: HttpRequest, path: str, name: str) -> HttpResponseBase:
    size = default_storage.size(path)
    media_type = _TYPES.get(f".{name.rpartition('.')[2]}", "application/octet-stream")
    asked = request.headers.get("Range", "")
    if request.headers.get("If-Range", f'"{name}"') != f'"{name}"':
        asked = ""
    wanted = byte_range(asked, size)
    if wanted is None:
        return _answer(request, path, 0, size, media_type)
    first, last = wanted
    if first > last:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    partial = _answer(request, path, first, last - first + 1, media_type)
    partial.status_code = 206
    partial["Content-Range"] = f"bytes {first}-{last}/{size}"
    return partial


def _answer(request: HttpRequest, path: str, first: int, count: int, media_type: str) -> HttpResponseBase:
    response: HttpResponseBase = HttpResponse(content_type=media_type)
    if request.method == "GET":
        response = files.UploadResponse(path, first, count, content_type=media_type)
    response["Content-Length"] = str(count)
    return response


def byte_range(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte that a `Range` header asks for, both included.

    Nothing where the whole is to be sent: no header, several ranges, or one that cannot be read (RFC 9110).
    Where nothing of it can be had, the first lies behind the last.
    """
    match = _RANGE.fullmatch(asked.strip())
    if match is None or match.groups() == ("", ""):
        return None
    if not match[1]:  # the last so many bytes
        count = int(match[2])
        return (max(0, size - count), size - 1) if count and size else (1, 0)
    first, last = int(match[1]), int(match[2]) if match[2] else size - 1
    if match[2] and last < first:
        return None
    return (first, min(last, size - 1)) if first < size else (1, 0)
