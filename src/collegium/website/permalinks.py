"""Where permanent links lead: to the page that shows a record now, wherever editors have moved it."""

from uuid import UUID

from wagtail.models import Page

from collegium.pages import sections, visibility
from collegium.publishing import content


def address_of(kind: str, public_id: UUID, language: str) -> str | None:
    """The present address of a page or record, in `language` if it is published in it, else in another."""
    registered = content.get(kind)
    if registered is None:
        return None
    if registered.is_page:
        return _page_address(public_id, language)
    section = sections.section_of(kind)
    return _record_address(section, public_id, language) if section else None


def _record_address(section: type[sections.SectionPage], public_id: UUID, language: str) -> str | None:
    pages = sections.live_pages(section)
    pages.sort(key=lambda page: page.locale.language_code != language)
    urls = (page.find_record_url(public_id) for page in pages)
    return next((url for url in urls if url), None)


def _page_address(public_id: UUID, language: str) -> str | None:
    pages = visibility.released(Page.objects.filter(translation_key=public_id))
    urls = {page.locale.language_code: page.url for page in pages.select_related("locale") if page.url}
    return urls.get(language) or next(iter(urls.values()), None)
