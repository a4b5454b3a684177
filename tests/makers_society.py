"""A society in which every sort of public content has one example."""

from typing import Any

import makers
import makers_governance
import makers_library
import makers_newsroom
import makers_programmes


def whole() -> list[Any]:
    """Make it; every page and record of it."""
    makers.society()
    news = makers_newsroom.of_each_kind()
    sections = [
        makers.home(), makers.events_page(), makers.news_page(), makers_newsroom.policy_page(),
        makers_governance.governance_page(), makers_governance.jobs_page(), makers_library.resources_page(),
        makers_library.journal_page(), makers_programmes.recordings_page(), makers_programmes.annual_meeting(),
    ]  # fmt: skip
    records = [
        makers.event("2025-03-11 10:00 to 11:15"), makers_programmes.recording(), makers_governance.body(),
        makers_governance.job(), makers_library.resource(), makers_library.issue(2),
    ]  # fmt: skip
    return [*sections, makers.text_page(), *news, *records]
