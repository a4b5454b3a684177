"""What every page says of itself to machines: its own address, descriptions, and a card for other sites."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest

from collegium.kit import jsonld
from collegium.pages.models import BasePage, SiteSettings
from collegium.website import social_images

#: By what addresses name the sheet of a list.
PAGE_PARAMS = [
    f"{name}{side}" for name in ("page", "upcoming-page", "past-page") for side in ("", "-after", "-before")
]


@dataclass(frozen=True)
class MetaOverrides:
    """What a screen shows, where that is not the page itself. What is empty is the page's."""

    title: str = ""
    description: str = ""
    picture: Any = None
    motif: str = ""
    seed: str = ""


@dataclass(frozen=True)
class PageMeta:
    """All that the head of a page has for machines. Addresses are absolute."""

    address: str
    title: str
    description: str
    kind: str
    picture: social_images.Picture
    image: str
    descriptions: list[dict[str, Any]] = field(default_factory=list)


def publisher(society: SiteSettings, request: HttpRequest) -> jsonld.Publisher:
    """The society, as descriptions name it."""
    # The front page of a network is nobody's account.
    elsewhere = [account["url"] for account in society.social if urlsplit(account["url"]).path.strip("/")]
    if society.public_site_url:
        elsewhere.append(society.public_site_url)
    return jsonld.Publisher(
        name=society.name,
        address=request.build_absolute_uri("/"),
        email=society.email,
        telephone=society.tel,
        elsewhere=tuple(elsewhere),
    )


def page_meta(
    request: HttpRequest, page: Any, society: SiteSettings, overrides: MetaOverrides, *, described: bool
) -> PageMeta:
    """What the screen at `request` says. `described` is true where its template describes a record itself."""
    title = overrides.title or getattr(page, "title", "") or society.name
    picture = _picture(page, society, overrides, title)
    image = request.build_absolute_uri(picture.url)
    return PageMeta(
        address=canonical(request),
        title=title,
        description=overrides.description or getattr(page, "description", ""),
        kind="article" if overrides.title or getattr(page, "date", None) else "website",
        picture=picture,
        image=image,
        descriptions=[
            one | {"image": image} if "headline" in one else one
            for one in _descriptions(request, page, society, overrides, described=described)
        ],
    )


def canonical(request: HttpRequest) -> str:
    """The one address of what is shown: without what filters and counts, but with the sheet of a list."""
    named = ((name, request.GET.get(name, "")) for name in PAGE_PARAMS)
    turned = {name: int(said) for name, said in named if said.isdecimal() and int(said) > 1}
    return request.build_absolute_uri(request.path) + (f"?{urlencode(turned)}" if turned else "")


def _picture(page: Any, society: SiteSettings, overrides: MetaOverrides, title: str) -> social_images.Picture:
    image = overrides.picture or (None if overrides.title else getattr(page, "picture", None))
    if image:
        return social_images.from_image(image)
    motif = overrides.motif or getattr(page, "motif", "") or "landscape"
    if not overrides.title and not getattr(page, "has_drawn_cover", True):
        motif = ""
    seed = overrides.seed or getattr(page, "seed", "") or getattr(page, "slug", "")
    return social_images.generated(title, motif, seed, society)


def _descriptions(
    request: HttpRequest, page: Any, society: SiteSettings, overrides: MetaOverrides, *, described: bool
) -> list[dict[str, Any]]:
    if not isinstance(page, BasePage):
        return []
    return [] if described else [_described(request, page, society, overrides)]


def breadcrumb_json_ld(request: HttpRequest, steps: list[dict[str, str]], here: str) -> dict[str, Any]:
    """The steps of the trail and the place itself, as machines read them."""
    ways = [(step["title"], request.build_absolute_uri(step["url"])) for step in steps if step["url"]]
    return jsonld.breadcrumb([*ways, (here, canonical(request))])


def _described(
    request: HttpRequest, page: BasePage, society: SiteSettings, overrides: MetaOverrides
) -> dict[str, Any]:
    """The page, or one of its own screens, such as the archive of a year."""
    whole = page.described(canonical(request), publisher(society, request))
    more = {"name": overrides.title, "description": overrides.description}
    return whole | {name: value for name, value in more.items() if value}
