"""News for tests: an item of each kind with all that it can have, and the page of policy."""

from typing import Any

from django.core.files.base import ContentFile

import makers
from collegium.kit.when import When
from collegium.newsroom.models import (
    Announcement,
    CallForApplications,
    ConsultationResponse,
    MemberSpotlight,
    PodcastEpisode,
    PolicyPage,
    PolicyStatement,
    PressRelease,
    Remembrance,
    ResearchHighlight,
    SignOnLetter,
    Survey,
)

# A frame of MPEG 1, layer III, 32 kbit/s, 32 kHz, mono: 144 bytes, 36 ms, silent.
FRAME = bytes([0xFF, 0xFB, 0x18, 0xC0]) + bytes(140)


def mp3(frames: int = 100) -> bytes:
    """A recording of `frames` times 36 ms of silence."""
    return FRAME * frames


def policy_page(**facts: Any) -> PolicyPage:
    return PolicyPage.objects.first() or makers.below_home(
        PolicyPage(**({"title": "Policy", "slug": "policy"} | facts))
    )


def policy(model: Any = ConsultationResponse, **facts: Any) -> Any:
    number = model.objects.count() + 1
    item = model(**({"title": f"{model.__name__} {number}", "slug": f"{model.kind_key}-{number}"} | facts))
    item.clean()
    policy_page().add_child(instance=item)
    item.save_revision().publish()
    return item


def episode(**facts: Any) -> PodcastEpisode:
    """A published episode with a recording of 3.6 seconds."""
    found = {"audio": ContentFile(mp3(), name="My secret draft.mp3"), "transcript": "<p>Hello.</p>"} | facts
    made = PodcastEpisode(audio=found.pop("audio"), title="x", slug="x", date="2025-02-01")
    made.clean()
    taken = {name: getattr(made, name) for name in ("audio", "audio_type", "audio_bytes", "duration")}
    return makers.news(PodcastEpisode, **taken, **found)


def of_each_kind() -> list[Any]:
    """One published item of each kind, with every field that shows something."""
    when = When.of("2030-03-01 23:59", "AoE")
    return [
        makers.news(Announcement, slug="announcement"),
        makers.news(
            PressRelease,
            slug="release",
            contact_name="A Speaker",
            contact_phone="+1 555 0100",
            boilerplate="About us.",
        ),
        makers.news(
            MemberSpotlight,
            slug="spotlight",
            person="A Member",
            questions=[("question", {"question": "Why?", "answer": "<p>So.</p>"})],
        ),
        episode(
            slug="episode",
            season=1,
            episode=2,
            guests=[("guest", {"name": "A Guest", "role": "Reader", "institution": ""})],
        ),
        makers.news(
            CallForApplications, slug="call", deadline=when, apply_link="https://society.example/apply"
        ),
        makers.news(Remembrance, slug="remembrance", person="A Founder", born="1948-03", died="2025"),
        makers.news(
            ResearchHighlight, slug="highlight", work_title="A Work", doi="10.1016/j.stemcr.2023.08.003"
        ),
        makers.news(Survey, slug="survey", closes=when, link="https://society.example/ask"),
        policy(PolicyStatement),
        policy(ConsultationResponse, points="One\nTwo", submitted=When.of("2025-07-08", "Europe/Amsterdam")),
        policy(SignOnLetter, signatories="Forum A\nForum B", signed_by="more than 90 organisations"),
    ]
