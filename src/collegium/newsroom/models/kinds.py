"""The kinds of news, by the word that packs and addresses have for each."""

from collegium.newsroom.models.items import NewsItem
from collegium.newsroom.models.notices import CallForApplications, PressRelease, Survey
from collegium.newsroom.models.podcast import PodcastEpisode
from collegium.newsroom.models.policy import ConsultationResponse, PolicyStatement, SignOnLetter
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
