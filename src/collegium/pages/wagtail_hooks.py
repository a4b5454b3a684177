"""What the room adds to Wagtail's rich text."""

from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from collegium.pages.rich_text import DocumentLink, PageLink


@hooks.register("register_rich_text_features", order=10)  # after Wagtail's own
def register_links(features: FeatureRegistry) -> None:
    features.register_link_type(PageLink)
    features.register_link_type(DocumentLink)
