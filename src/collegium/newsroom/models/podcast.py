"""A podcast's episodes: sound, and the same in words."""

from typing import Any
from urllib.parse import urljoin

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import expand_db_html

from collegium.kit import prose
from collegium.newsroom import audio
from collegium.newsroom.models.blocks import GuestsBlock
from collegium.newsroom.models.forms import NewsForm
from collegium.newsroom.models.items import NewsItem

NEEDS_TRANSCRIPT = _("Add a transcript before you publish: not everybody can listen.")


class EpisodeForm(NewsForm):
    """A draft may wait for its transcript; what is published may not."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        unsaid = cleaned.get("audio") and not prose.plain(str(cleaned.get("transcript") or ""))
        if unsaid and not self.is_deferred_validation:
            self.add_error("transcript", NEEDS_TRANSCRIPT)
        return cleaned


class PodcastEpisode(NewsItem):
    """An episode. Its recording may be elsewhere or not be held: then there is no player."""

    page_description = _("A conversation to listen to.")
    translated_fields = ("guests", "transcript")

    audio = models.FileField(
        _("recording"),
        upload_to=audio.stored_name,
        blank=True,
        help_text=_("MP3, M4A or Ogg, 200 MB at most."),
    )
    audio_type = models.CharField(max_length=20, blank=True, editable=False)
    audio_bytes = models.PositiveBigIntegerField(default=0, editable=False)
    duration = models.PositiveIntegerField(_("length in seconds"), default=0, editable=False)
    season = models.PositiveSmallIntegerField(_("season"), null=True, blank=True)
    episode = models.PositiveSmallIntegerField(_("number of the episode"), null=True, blank=True)
    guests = StreamField(GuestsBlock(), verbose_name=_("guests"), blank=True)
    transcript = RichTextField(
        _("transcript"), blank=True, features=["h3", "bold", "italic", "link"], help_text=NEEDS_TRANSCRIPT
    )

    kind_key = "podcast"
    list_description = _("Conversations to hear, each with a transcript to read.")
    template = "newsroom/items/podcast_episode.html"
    schema_type = "PodcastEpisode"
    base_form_class = EpisodeForm
    content_panels = [
        *NewsItem.content_panels[:-1],
        MultiFieldPanel([FieldPanel(name) for name in ("audio", "season", "episode")], _("Recording")),
        FieldPanel("guests"),
        FieldPanel("body"),
        FieldPanel("transcript"),
    ]

    class Meta:
        verbose_name = _("podcast")
        verbose_name_plural = _("podcast episodes")

    def clean(self) -> None:
        super().clean()
        if not self.audio:
            self.audio_type, self.audio_bytes, self.duration = "", 0, 0
        elif not self.is_stored:
            self._inspect_audio()

    @property
    def is_stored(self) -> bool:
        """True where there is a recording that has been put away under its own name."""
        return bool(self.audio) and bool(getattr(self.audio, "_committed", False))

    def _inspect_audio(self) -> None:
        """Take down what the new recording is."""
        try:
            heard = audio.inspect(self.audio.file, self.audio.size)
        except audio.UnsupportedAudio as fault:
            raise ValidationError({"audio": str(fault)}) from fault
        self.audio_type, self.audio_bytes, self.duration = heard.media_type, heard.size, heard.seconds

    @property
    def audio_path(self) -> str:
        """Where the recording is heard; nothing where there is none, or while it is only being looked at."""
        if not self.is_stored:
            return ""
        return reverse("recording", args=[str(self.audio.name).removeprefix("audio/")])

    @property
    def number(self) -> str:
        """`Season 2, episode 4`, `Episode 4`, or nothing."""
        if self.episode is None:
            return ""
        if self.season is None:
            return _now("Episode %(episode)d") % {"episode": self.episode}
        return _now("Season %(season)d, episode %(episode)d") % {
            "season": self.season,
            "episode": self.episode,
        }

    @property
    def transcript_text(self) -> str:
        """The transcript without markup."""
        return prose.plain(self.transcript)

    def template_context(self) -> dict[str, Any]:
        return {
            "clock": audio.format_duration(self.duration),
            "words": "#transcript" if self.transcript_text else "",
            "transcript": SafeString(expand_db_html(self.transcript)),
            "guest_list": [
                dict(guest.value) | {"affiliation": guest.value["institution"]} for guest in self.guests
            ],
        }

    def extra_json_ld(self, address: str) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        if self.episode is not None:
            facts["episodeNumber"] = self.episode
        if self.audio_path:
            facts["associatedMedia"] = {
                "@type": "AudioObject",
                "contentUrl": urljoin(address, self.audio_path),
                "encodingFormat": self.audio_type,
                "contentSize": str(self.audio_bytes),
                "duration": f"PT{self.duration}S",
                "transcript": self.transcript_text,
            }
        if self.guests:
            facts["actor"] = [{"@type": "Person", "name": guest.value["name"]} for guest in self.guests]
        return facts
