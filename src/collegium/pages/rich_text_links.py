"""Links between pages in running text."""

from typing import Any

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from collegium.kit import request_cache
from collegium.pages import page_loader


class PageLink(PageLinkHandler):
    """Links to pages in running text, as the reader's language has them."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        with request_cache.ensure_active():
            numbers = [int(attrs["id"]) for attrs in attrs_list]
            page_loader.prefetch(numbers)
            shown = [page_loader.localized(page_loader.get_page(pk)) for pk in numbers]
            return [f'<a href="{escape(one.url)}">' if one else "<a>" for one in shown]
