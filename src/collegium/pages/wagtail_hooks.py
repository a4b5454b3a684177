"""What the room adds to Wagtail: links in rich text, who may open a document, conflicts of edits."""

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.documents.models import AbstractDocument
from wagtail.rich_text.feature_registry import FeatureRegistry

from collegium.pages.edit_conflicts import refuse_autosave
from collegium.pages.file_access import may_open
from collegium.pages.rich_text import DocumentLink, PageLink


@hooks.register("register_rich_text_features", order=10)  # after Wagtail's own
def register_links(features: FeatureRegistry) -> None:
    features.register_link_type(PageLink)
    features.register_link_type(DocumentLink)


@hooks.register("before_serve_document", order=100)  # after Wagtail's own: private collections
def refuse_private_document(document: AbstractDocument, request: HttpRequest) -> None:
    """Answer 404, which does not say that the document exists."""
    if not may_open(document, request):
        raise Http404


hooks.register("before_edit_page", refuse_autosave)
hooks.register("before_edit_snippet", refuse_autosave)
