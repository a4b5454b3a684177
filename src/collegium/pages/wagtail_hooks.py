"""What Wagtail asks before it hands out a document."""

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.documents.models import AbstractDocument

from collegium.pages.file_access import may_open


@hooks.register("before_serve_document", order=100)  # after Wagtail's: private collections
def refuse_private_document(document: AbstractDocument, request: HttpRequest) -> None:
    """Answer 404, which does not say that the document exists."""
    if not may_open(document, request):
        raise Http404
