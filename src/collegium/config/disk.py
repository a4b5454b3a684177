"""Room on the disk. A database that cannot grow loses what is saved, so saving stops in words before."""

import shutil
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from collegium.edge import error_pages

Handler = Callable[[HttpRequest], HttpResponse]
SAFE = {"GET", "HEAD", "OPTIONS"}
NOT_SAVED = (
    "Nothing was saved: the disk of this site is nearly full. Keep this page open, tell whoever runs the "
    "server, and send it again when there is room."
)


def is_short() -> bool:
    """Whether less than the reserve is free where the installation writes."""
    try:
        return shutil.disk_usage(settings.VAR).free < settings.DISK_RESERVE
    except OSError:
        return False  # whoever writes there will say what is wrong


class DiskReserveMiddleware:
    """Answer 507 to whatever would save something while the disk is short."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE or not is_short():
            return self.get_response(request)
        page = error_pages.page(507, NOT_SAVED)
        return HttpResponse(page, status=507, headers={"Retry-After": "60", "Cache-Control": "no-store"})
