"""What the head of a page tells search engines and other sites: canonical address, Open Graph, JSON-LD."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest

from collegium.kit import jsonld
from collegium.pages.models import BasePage, SiteSettings
from collegium.website import social_images

#: What contexts call the links of a paginated list.
PAGE_LINKS = ("page_links", "upcoming_links", "past_links")


@dataclass(frozen=True)
class MetaOverrides:
    """What a screen shows if that is not the page itself. Empty values are the page's own."""

    title: str = ""
    description: str = ""
    picture: Any = None
    motif: str = ""
    seed: str = ""


@dataclass(frozen=True)
class PageMeta:
    """What the head of a page says. Addresses are absolute."""

    address: str
    title: str
    description: str
    kind: str
    picture: social_images.Picture
    image: str
    descriptions: list[dict[str, Any]] = field(default_factory=list)


def publisher(society: SiteSettings, request: HttpRequest) -> jsonld.Publisher:
    """The society as the publisher in JSON-LD."""
    # The front page of a social network is no account of the society.
    elsewhere = [account["url"] for account in society.social if urlsplit(account["url"]).path.strip("/")]
    if society.public_site_url:
        elsewhere.append(society.public_site_url)
    return jsonld.Publisher(
        name=society.name,
        address=request.build_absolute_uri("/"),
        email=society.email,
        telephone=society.tel,
        postal_address=", ".join(society.address.splitlines()),
        elsewhere=tuple(elsewhere),
    )


def page_meta(
    page: Any,
    society: SiteSettings,
    overrides: MetaOverrides,
    *,
    request: HttpRequest,
    address: str,
    described: bool,
) -> PageMeta:
    """What the head of a page says. `described` is true if its template describes a record itself."""
    title = overrides.title or getattr(page, "title", "") or society.name
    picture = _picture(page, society, overrides, title)
    image = request.build_absolute_uri(picture.url)
    descriptions = [] if described else _json_ld(page, overrides, address, publisher(society, request))
    return PageMeta(
        address=address,
        title=title,
        description=overrides.description or getattr(page, "description", ""),
        kind="article" if overrides.title or getattr(page, "date", None) else "website",
        picture=picture,
        image=image,
        descriptions=[one | {"image": image} if "headline" in one else one for one in descriptions],
    )


def page_params(context: Mapping[str, Any]) -> dict[str, str]:
    """The parameters of the page of a list that `context` shows; empty where nothing is paginated."""
    links = [context.get(name) or {} for name in PAGE_LINKS]
    return {name: value for link in links for name, value in link.get("params", {}).items()}


def canonical(request: HttpRequest, params: Mapping[str, str]) -> str:
    """The one address of what is shown: its path, and the page of a list, but no filter or counter."""
    return request.build_absolute_uri(request.path) + (f"?{urlencode(params)}" if params else "")


def _picture(page: Any, society: SiteSettings, overrides: MetaOverrides, title: str) -> social_images.Picture:
    image = overrides.picture or (None if overrides.title else getattr(page, "picture", None))
    if image:
        return social_images.from_image(image)
    motif = overrides.motif or getattr(page, "motif", "") or "landscape"
    if not overrides.title and not getattr(page, "has_drawn_cover", True):
        motif = ""
    seed = overrides.seed or getattr(page, "seed", "") or getattr(page, "slug", "")
    return social_images.generated(title, motif, seed, society)


def _json_ld(page: Any, overrides: MetaOverrides, address: str, by: jsonld.Publisher) -> list[dict[str, Any]]:
    """The page as JSON-LD, or one of its own screens, such as the archive of a year."""
    if not isinstance(page, BasePage):
        return []
    own = {"name": overrides.title, "description": overrides.description}
    return [page.json_ld(address, by) | {name: value for name, value in own.items() if value}]


def breadcrumb_json_ld(
    steps: list[dict[str, str]], here: str, *, request: HttpRequest, address: str
) -> dict[str, Any]:
    """The trail and the page itself as JSON-LD. `address` is the page's own."""
    trail = [(step["title"], request.build_absolute_uri(step["url"])) for step in steps if step["url"]]
    return jsonld.breadcrumb([*trail, (here, address)])
