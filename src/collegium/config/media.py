"""Images at their public addresses, from the disk or an object store."""

import logging
import mimetypes
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.static import serve, was_modified_since
from wagtail.images import get_image_model

from collegium.kit.public_figures import public_figure
from collegium.pages import file_access

Rendition = get_image_model().get_rendition_model()
log = logging.getLogger("collegium.media")


@require_safe
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """The image at `path`. Documents are not served here: Wagtail checks who may read them."""
    if _is_withheld(f"images/{path}", request):
        raise Http404
    if hasattr(default_storage, "stream"):
        return _from_bucket(request, default_storage, f"images/{path}")
    return serve(request, path, document_root=str(settings.MEDIA_ROOT / "images"))


def _is_withheld(name: str, request: HttpRequest) -> bool:
    """Whether only drafts, embargoed or restricted pages show the picture. One that nothing uses is open."""
    with public_figure(Rendition._meta.db_table):
        rendition = Rendition.objects.filter(file=name).select_related("image").first()
    if rendition is None or not file_access.is_used(rendition.image):
        return False
    return not file_access.may_open(rendition.image, request)


def _from_bucket(request: HttpRequest, store: Any, name: str) -> HttpResponseBase:
    try:
        size, changed = store.stat(name)
    except (FileNotFoundError, SuspiciousOperation):
        raise Http404 from None
    except OSError as fault:
        log.error("%s cannot be had from the store: %s", name, fault)
        return HttpResponse(status=503, headers={"Retry-After": "5", "Cache-Control": "no-store"})
    moment = int(changed.timestamp())
    if not was_modified_since(request.headers.get("If-Modified-Since"), moment):
        return HttpResponseNotModified()
    whole: HttpResponseBase = HttpResponse()
    if request.method == "GET":
        whole = StreamingHttpResponse(store.stream(name))
    whole["Content-Type"] = mimetypes.guess_type(name)[0] or "application/octet-stream"
    whole["Content-Length"] = str(size)
    whole["Last-Modified"] = http_date(moment)
    return whole
