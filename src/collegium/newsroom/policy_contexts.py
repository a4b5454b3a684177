"""Template context of the policy record: its list, its filter and its feeds."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from collegium.kit import pagination
from collegium.kit.filters import ActiveFilter, Filter, parse_year
from collegium.newsroom.models.items import NewsItem, NewsQuerySet, news_page
from collegium.newsroom.models.kinds import POLICY_KINDS, existing_kinds
from collegium.newsroom.models.policy import PolicyItem

PAGE_SIZE = 50  #: entries on one page of the policy record


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


def policy_list(page: Page, params: QueryDict) -> dict[str, Any]:
    """One page of the policy record, its filter and its feeds."""
    policy_filter = PolicyFilter.from_params(params)
    items = NewsItem.objects.of_kind(*POLICY_KINDS).filter(locale=page.locale_id).public()
    rows = policy_filter.apply(items).newest().select_related("content_type", "locale", "policyitem")
    results = pagination.paginate(rows, PAGE_SIZE, params)
    choices = _choices(page, items)
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
        "feed_links": _feed_links(page),
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
    """The choices of each filter field. Every choice finds at least one of `items`, the whole record."""
    years = [{"value": str(year), "title": str(year)} for year in items.years()]
    if items.filter(sort_date="").exists():
        years.append({"value": "none", "title": _("No date given")})
    policy_items = PolicyItem.objects.filter(locale=page.locale_id).public()
    regions = pagination.distinct_values(policy_items, "region")
    return {
        "kinds": [
            {"value": model.kind_key, "title": model.plural_label()}
            for model in existing_kinds(items, POLICY_KINDS)
        ],
        "regions": [{"value": region, "title": region} for region in regions],
        "years": years,
    }


def _active_filters(page: Page, policy_filter: PolicyFilter) -> list[ActiveFilter]:
    kind, year = policy_filter.kind, policy_filter.year
    labels = {
        "kind": POLICY_KINDS[kind].plural_label() if kind in POLICY_KINDS else "",
        "year": _("No date given") if year == "none" else "",
    }
    return policy_filter.active(page.url, labels)


def _feed_links(page: Page) -> list[dict[str, str]]:
    """A feed of each kind of policy item; none where no page lists the news."""
    news = news_page(page.locale.language_code)
    if news is None:
        return []
    return [
        {"title": model.plural_label(), "url": f"{news.url}kind/{key}.rss", "type": "application/rss+xml"}
        for key, model in POLICY_KINDS.items()
    ]
