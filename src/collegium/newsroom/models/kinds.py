"""The kinds of news, by the key that packs and addresses use."""

from collections.abc import Mapping

from django.contrib.contenttypes.models import ContentType

from collegium.kit import pagination
from collegium.newsroom.models.items import NewsItem, NewsQuerySet
from collegium.newsroom.models.notices import CallForApplications, PressRelease, Survey
from collegium.newsroom.models.podcast import PodcastEpisode
from collegium.newsroom.models.policy import ConsultationResponse, PolicyItem, PolicyStatement, SignOnLetter
from collegium.newsroom.models.stories import Announcement, MemberSpotlight, Remembrance, ResearchHighlight

KINDS: dict[str, type[NewsItem]] = {
    model.kind_key: model
    for model in (
        Announcement,
        PressRelease,
        MemberSpotlight,
        PodcastEpisode,
        CallForApplications,
        Remembrance,
        ResearchHighlight,
        Survey,
        PolicyStatement,
        ConsultationResponse,
        SignOnLetter,
    )
}

POLICY_KINDS = {key: model for key, model in KINDS.items() if issubclass(model, PolicyItem)}


def existing_kinds(items: NewsQuerySet, kinds: Mapping[str, type[NewsItem]]) -> list[type[NewsItem]]:
    """The models among `kinds` that have at least one of `items`."""
    types = ContentType.objects.get_for_models(*kinds.values())
    ids = {types[model].pk: model for model in kinds.values()}
    found = set(pagination.distinct_values(items, "content_type", range(min(ids), max(ids) + 1)))
    return [model for pk, model in ids.items() if pk in found]
