"""Addresses that only machines ask for: what may be listed, who is told of a weakness, cards and colours."""

from datetime import timedelta

from django.contrib.sites.shortcuts import get_current_site
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from collegium.languages import alternates
from collegium.pages import queries as pages
from collegium.website import sitemap, social_images

FOR_EVER = "public, max-age=31536000, immutable"
STANDS = timedelta(days=180)  #: how long security.txt says that it may be believed; a year is the most
STAFF_ONLY = ("/admin/", "/documents/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read. A demonstration asks them to read nothing."""
    if pages.society().demonstration:
        lines = [
            "# This is a demonstration, not a society's own site: please list none of it.",
            "User-agent: *",
            "Disallow: /",
        ]
    else:
        address = request.build_absolute_uri(reverse("sitemap"))
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in STAFF_ONLY), "", f"Sitemap: {address}"]
    return _text(lines)


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The sheets of the sitemap in all languages."""
    return _index(request, alternates.used_languages())


@require_safe
def sitemap_of_language(request: HttpRequest, language: str) -> HttpResponse:
    """The sheets of the sitemap in one language."""
    if language not in alternates.used_languages():
        raise Http404
    return _index(request, [language])


def _index(request: HttpRequest, languages: list[str]) -> HttpResponse:
    sources = sitemap.sources().values()
    sheets = [
        {"location": request.build_absolute_uri(reverse("sitemap_sheet", args=[code, source.name, number]))}
        for code in languages
        for source in sources
        for number in source.sheets(code)
    ]
    return _xml(render_to_string("sitemap_index.xml", {"sitemaps": sheets}))


@require_safe
def sitemap_sheet(request: HttpRequest, language: str, kind: str, number: int) -> HttpResponse:
    """One sheet: public addresses in one language, each with its translations."""
    languages, source = alternates.used_languages(), sitemap.sources().get(kind)
    if source is None or language not in languages:
        raise Http404
    sheet = sitemap.SheetSitemap(source, language, number, languages)
    urls = sheet.get_urls(site=get_current_site(request), protocol=request.scheme)
    if not urls:
        raise Http404
    return _xml(render_to_string("website/sitemap.xml", {"urlset": urls}))


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness, as RFC 9116 has it; nothing where the society has given no address."""
    society = pages.society()
    # A demonstration bears the name of a society that has nothing to do with its weaknesses.
    contact = society.security_contact or ("" if society.demonstration else society.email)
    if not contact:
        raise Http404
    # By the machine's clock, to the day, so that the file does not change with every reading.
    until = (timezone.now() + STANDS).replace(hour=0, minute=0, second=0, microsecond=0)
    languages = ", ".join(alternates.published_languages())
    return _text(
        [
            f"Contact: mailto:{contact}",
            f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
            f"Preferred-Languages: {languages}",
            f"Canonical: {request.build_absolute_uri(request.path)}",
        ]
    )


@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Where programs that keep passwords send their owner: to her own account at the desk."""
    return HttpResponseRedirect(reverse("wagtailadmin_account"))


@require_safe
def social_image(request: HttpRequest, token: str) -> HttpResponse:
    """The generated social image of a page, cacheable for ever: its address changes with its content."""
    facts = social_images.read_token(token)
    if facts is None:
        raise Http404
    response = HttpResponse(social_images.png(facts, pages.society()), content_type="image/png")
    response["Cache-Control"] = FOR_EVER
    return response


@require_safe
def brand(request: HttpRequest, stamp: str) -> HttpResponse:
    """The society's own values of the look. An old address gives those of now, but not for ever."""
    own = pages.society().brand
    response = HttpResponse(own.stylesheet(), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = FOR_EVER if stamp == own.stamp else "no-cache"
    return response


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _xml(document: str) -> HttpResponse:
    return HttpResponse(document, content_type="application/xml; charset=utf-8")
