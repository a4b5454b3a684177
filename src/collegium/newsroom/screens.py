"""What the screens of news show: lists, a kind, the record of policy, what stands beside an item."""

from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page

from collegium.kit import pagination
from collegium.kit.filters import ActiveFilter, Filter, parse_year
from collegium.newsroom.models.items import NewsItem, NewsQuerySet
from collegium.newsroom.models.policy import PolicyItem
from collegium.pages import known

PAGE_SIZE = 20  #: items on one page of a list
POLICY_PAGE_SIZE = 50  #: entries on one page of the record of policy

#: One sentence on each kind, below the heading of its list.
SENTENCES = {
    "announcement": gettext_lazy("What the society has decided, begun or finished."),
    "press-release": gettext_lazy("For newspapers and broadcasters, with somebody to call."),
    "member-spotlight": gettext_lazy("Members, their work, and their answers to our questions."),
    "podcast": gettext_lazy("Conversations to hear, each with a transcript to read."),
    "call-for-applications": gettext_lazy("What can be applied for, by whom, and until when."),
    "remembrance": gettext_lazy("Members who have died, and what they leave."),
    "research-highlight": gettext_lazy("Published work, told for readers outside its field."),
    "survey": gettext_lazy("What is asked of members and readers, and until when."),
    "statement": gettext_lazy("What the society holds, on a question that is open to all."),
    "consultation-response": gettext_lazy("What we answered when an agency asked."),
    "sign-on-letter": gettext_lazy("Letters that we signed with others."),
}
POLICY = ("statement", "consultation-response", "sign-on-letter")


def _named(key: str) -> type[NewsItem]:
    from collegium.newsroom.models.kinds import KINDS

    if key not in KINDS:
        raise Http404
    return KINDS[key]


def plural(model: type[NewsItem]) -> str:
    """The kind as a heading: `Calls for applications`."""
    name = str(model._meta.verbose_name_plural)
    return name[:1].upper() + name[1:]


def items_of_kind(page: Page, key: str) -> NewsQuerySet:
    """What anybody may read of one kind, each as its kind, or 404 where there is no such kind."""
    items: NewsQuerySet = _named(key).objects.with_fallback(page.locale_id).live().public().newest()
    return begun(items, key)


def begun(items: NewsQuerySet, key: str) -> NewsQuerySet:
    """Those of `items`, all of the kind `key`, that lists show now.

    Policy is a record: it stands there under its own day. News of a day to come waits for it.
    """
    return items if key in POLICY else items.dated()


def listing(page: Page, items: NewsQuerySet, params: QueryDict) -> dict[str, Any]:
    """All news, the newest of it as the lead of the first page; or that of one year."""
    years = items.years()
    year = parse_year(params.get("year", ""))
    if year is not None:
        items = items.of_year(year)
    kept = {"year": str(year)} if year is not None else {}
    results = _sheet(page.url, items, params, kept)
    if year is None and results["stories"] and not results["page_links"]["previous"]:
        results["lead"], *results["stories"] = results["stories"]
    return {
        **results,
        "heading": _("News of %(year)s") % {"year": year} if year is not None else page.title,
        "lede": page.summary,
        "kind_links": kind_links(page, items if year is None else None),
        "year_links": [
            {"title": each, "url": f"{page.url}?year={each}", "current": each == year} for each in years
        ]
        if len(years) > 1
        else [],
        "feed_links": feed_links(f"{page.url}news"),
        "feed_title": page.title,
    }


def of_kind(page: Page, key: str, params: QueryDict) -> dict[str, Any]:
    """The list of one kind, with its state where it has one."""
    model = _named(key)
    base = f"{page.url}kind/{key}"
    links = feed_links(base)
    if key == "podcast":
        links.insert(
            0, {"title": _("Podcast feed"), "url": f"{page.url}podcast.rss", "type": "application/rss+xml"}
        )
    return {
        **_sheet(f"{base}/", items_of_kind(page, key), params, {}),
        "heading": plural(model),
        "lede": SENTENCES.get(key, ""),
        "back": {"label": _("All news"), "url": page.url},
        "feed_links": links,
        "feed_title": plural(model),
        "meta_title": plural(model),
        "meta_description": SENTENCES.get(key, ""),
    }


def feed_links(base: str) -> list[dict[str, str]]:
    """The feeds of what stands at `base`, an address without its ending."""
    return [
        {"title": "RSS", "url": f"{base}.rss", "type": "application/rss+xml"},
        {"title": "Atom", "url": f"{base}.atom", "type": "application/atom+xml"},
    ]


def kind_links(page: Page, items: NewsQuerySet | None) -> list[dict[str, str]]:
    """A link to the list of each kind of which there is something; none where `items` are a part only."""
    from collegium.newsroom.models.kinds import KINDS

    there = _kinds_among(items, *KINDS) if items is not None else set()
    return [
        {"title": plural(model), "url": f"{page.url}kind/{key}/"}
        for key, model in KINDS.items()
        if key in there
    ]


def _kinds_among(items: NewsQuerySet, *keys: str) -> set[str]:
    """Those kinds that packs and addresses call `keys` of which there is something among `items`."""
    types = ContentType.objects.get_for_models(*map(_named, keys))
    numbers = {key: types[_named(key)].pk for key in keys}
    spread = range(min(numbers.values()), max(numbers.values()) + 1)
    there = set(pagination.distinct_values(items, "content_type", spread))
    return {key for key, number in numbers.items() if number in there}


def _sheet(base: str, items: NewsQuerySet, params: QueryDict, kept: dict[str, str]) -> dict[str, Any]:
    """One page of `items` as stories; the nearest there is for a number that there is not."""
    results = pagination.paginate(items, PAGE_SIZE, params)
    query = f"?{urlencode(kept)}" if kept else ""
    return {
        "stories": [item.list_item for item in results.rows],
        "page_links": pagination.page_links(base, query, results),
    }


def around(item: NewsItem) -> dict[str, Any]:
    """The list of the item's kind, and the items of the kind before and after it."""
    model = type(item)
    page = _list_page(item)
    # Among all news: its order has an index, which that of one kind has not.
    same = NewsItem.objects.of_kind(item.kind_key).filter(locale=item.locale_id)
    beside = same.live().public().exclude(pk=item.pk)
    newer = older = None
    if item.sort_date:
        newer = beside.filter(sort_date__gt=item.sort_date).order_by("sort_date", "pk").first()
        older = beside.filter(sort_date__lt=item.sort_date).exclude(sort_date="").newest().first()
    links = [(_("Newer"), newer), (_("Older"), older)]
    return {
        "feed_links": [*_feeds_of(page), *_feeds_of(page, item.kind_key)] if page else [],
        "kind_list": {"label": plural(model), "url": f"{page.url}kind/{item.kind_key}/"} if page else None,
        "news_page": page,
        "podcast_feed": f"{page.url}podcast.rss" if page else "",
        "beside": [
            {"label": label, "title": one.title, "url": one.url, "date": one.date}
            for label, one in links
            if one
        ],
    }


def _feeds_of(page: Page, key: str = "") -> list[dict[str, str]]:
    """The feeds of all news, or of one kind, each named by what is in it."""
    title, base = (plural(_named(key)), f"kind/{key}") if key else (page.title, "news")
    links = feed_links(f"{page.url}{base}")
    return [link | {"title": f"{title} ({link['title']})"} for link in links]


def _list_page(item: NewsItem) -> Page | None:
    from collegium.newsroom.models.sections import NewsPage

    page: Page | None = known.the(NewsPage, item.locale.language_code)
    return page


@dataclass(frozen=True)
class PolicyFilter(Filter[NewsQuerySet]):
    max_length: ClassVar = 80

    kind: str = ""
    region: str = ""
    year: str = ""

    def apply(self, rows: NewsQuerySet) -> NewsQuerySet:
        """The rows that meet every condition. `year` is `none` for rows without a date."""
        if self.kind:
            rows = rows.of_kind(self.kind)
        if self.region:
            rows = rows.filter(policyitem__region=self.region)
        if self.year == "none":
            rows = rows.filter(sort_date="")
        elif self.year:
            year = parse_year(self.year)
            rows = rows.of_year(year) if year else rows.none()
        return rows


def policy(page: Page, params: QueryDict) -> dict[str, Any]:
    """One page of the record of policy as rows, how it may be narrowed, and how it is followed."""
    policy_filter = PolicyFilter.from_params(params)
    everything = NewsItem.objects.of_kind(*POLICY).filter(locale=page.locale_id).live().public()
    rows = policy_filter.apply(everything).newest().select_related("content_type", "locale", "policyitem")
    results = pagination.paginate(rows, POLICY_PAGE_SIZE, params)
    choices = _choices(page, everything)
    return {
        "filter": policy_filter,
        "entries": [_entry(row.policyitem) for row in results.rows],
        "page_links": pagination.page_links(page.url, policy_filter.query(), results),
        "choices": choices,
        "active_filters": _active_filters(page, policy_filter),
        "counted": pagination.capped_label(
            ngettext("%d on record", "%d on record", results.total) % results.total, results.total
        ),
        "any": bool(choices["kinds"]),
        "feed_links": _policy_feeds(page),
        "clear": page.url,
    }


def _entry(item: Any) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "title": item.title,
        "url": item.url,
        "addressed": item.addressee_line or _("No addressee is known"),
        "when": item.date_label,
        "iso": item.submitted.iso_start() if item.submitted else "",
        "text": item.summary,
        "signed": item.signed_by,
        "region": item.region,
    }


def _choices(page: Page, items: NewsQuerySet) -> dict[str, list[dict[str, str]]]:
    """What each field of the filter offers: only what there is among `items`, the whole record."""
    there = _kinds_among(items, *POLICY)
    offered = [{"value": str(year), "title": str(year)} for year in items.years()]
    if items.filter(sort_date="").exists():
        offered.append({"value": "none", "title": _("No date given")})
    own = PolicyItem.objects.filter(locale=page.locale_id).live().public()
    return {
        "kinds": [{"value": key, "title": plural(_named(key))} for key in POLICY if key in there],
        "regions": [
            {"value": region, "title": region} for region in pagination.distinct_values(own, "region")
        ],
        "years": offered,
    }


def _active_filters(page: Page, policy_filter: PolicyFilter) -> list[ActiveFilter]:
    kind, year = policy_filter.kind, policy_filter.year
    labels = {
        "kind": plural(_named(kind)) if kind in POLICY else "",
        "year": _("No date given") if year == "none" else "",
    }
    return policy_filter.active(page.url, labels)


def _policy_feeds(page: Page) -> list[dict[str, str]]:
    """A feed of each kind of policy; none where no page lists the news."""
    from collegium.newsroom.models.sections import NewsPage

    news = known.the(NewsPage, page.locale.language_code)
    if news is None:
        return []
    return [
        {"title": plural(_named(key)), "url": f"{news.url}kind/{key}.rss", "type": "application/rss+xml"}
        for key in POLICY
    ]
