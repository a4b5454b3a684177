"""News and policy from a pack: what each kind takes, how a fault is told, and a second loading."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.storage import Storage

import makers_newsroom as newsroom
from collegium.intake.actions import check_pack, load_pack
from collegium.intake.errors import PackRefused
from collegium.newsroom.models import (
    CallForApplications,
    ConsultationResponse,
    NewsItem,
    Newsroom,
    PodcastEpisode,
    PolicyPage,
    PressRelease,
    SignOnLetter,
)

pytestmark = pytest.mark.django_db

FILES = {
    "pack.yaml": "name: small\ntitle: Small\nlanguage: en\n",
    "society.yaml": "name: Society of Worked Examples\n",
    "newsroom.yaml": "boilerplate: We work examples.\npodcast_title: The Hour\n",
    "sections.yaml": "sections:\n  - {key: news, kind: news, title: News}\n"
    "  - {key: policy, kind: policy, title: Policy, body: 'What we [said](page:news).'}\n",
    "news/2025-02-01-talk.md": "---\ntitle: Talk\nkind: podcast\ndate: '2025-02-01'\naudio: talk.mp3\nepisode: 3\n"
    "guests:\n  - {name: A Guest, role: Reader}\ntranscript: |\n  **0:00** Hello.\n---\nBody.\n",
    "news/2025-02-02-call.md": "---\ntitle: Call\nkind: call-for-applications\ndate: '2025-02-02'\n"
    "deadline: '2025-03-01 23:59'\nzone: AoE\napply_email: a@society.example\n---\nBody.\n",
    "news/2025-02-03-release.md": "---\ntitle: Release\nkind: press-release\ndate: '2025-02-03'\n"
    "embargo: '2025-02-03 10:00'\nzone: Europe/London\ncontact: {name: A Speaker, email: p@society.example}\n---\nBody.\n",
    "policy/letter.md": "---\ntitle: Letter\nkind: sign-on-letter\nsignatories: [Forum A, Forum B]\n---\nDear reader.\n",
    "policy/response.md": "---\ntitle: Response\nkind: consultation-response\nsubmitted: 2024-09\nzone: UTC\n"
    "points: [One, Two]\non_request: true\nstage: answered\noutcome: Done.\n---\nText.\n",
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def pack(tmp_path) -> Path:
    folder = tmp_path / "pack"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "files").mkdir()
    (folder / "files" / "talk.mp3").write_bytes(newsroom.mp3())
    return folder


def rewrite(pack, name, old, new):
    path = pack / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_each_kind_takes_its_own_keys(pack):
    assert check_pack(pack) == []
    load_pack(pack)
    talk = PodcastEpisode.objects.get()
    assert (talk.duration, talk.episode, talk.transcript_text) == (4, 3, "0:00 Hello.")
    assert talk.guests[0].value["name"] == "A Guest"
    assert str(CallForApplications.objects.get().deadline) == "2025-03-01T23:59[AoE]"
    release = PressRelease.objects.get()
    assert release.embargo_lifts == datetime(2025, 2, 3, 10, tzinfo=UTC)
    assert release.contact_email == "p@society.example"
    assert SignOnLetter.objects.get().template_context()["names"] == ["Forum A", "Forum B"]
    response = ConsultationResponse.objects.get()
    assert (response.date, response.date_label, response.stage) == (None, "September 2024", "answered")
    assert response.url == "/en/policy/response/"
    assert "What we" in str(PolicyPage.objects.get().body)
    assert Newsroom.load().podcast_title == "The Hour"


def test_a_second_loading_changes_nothing_and_moves_no_recording(pack):
    load_pack(pack)
    name = PodcastEpisode.objects.get().audio.name
    report = load_pack(pack)
    assert (report.made, report.updated, report.kept) == ([], [], [])
    rewrite(pack, "news/2025-02-01-talk.md", "title: Talk", "title: A talk")
    load_pack(pack)
    assert (PodcastEpisode.objects.get().title, PodcastEpisode.objects.get().audio.name) == ("A talk", name)


def test_another_recording_gets_another_address(pack):
    load_pack(pack)
    name = PodcastEpisode.objects.get().audio.name
    (pack / "files" / "talk.mp3").write_bytes(newsroom.mp3(200))
    rewrite(pack, "news/2025-02-01-talk.md", "title: Talk", "title: A longer talk")
    load_pack(pack)
    episode = PodcastEpisode.objects.get()
    assert episode.audio.name != name
    assert episode.duration == 7


def test_a_recording_that_is_missing_from_the_media_is_stored_again(pack):
    load_pack(pack)
    audio = PodcastEpisode.objects.get().audio
    audio.storage.delete(audio.name)
    rewrite(pack, "news/2025-02-01-talk.md", "title: Talk", "title: A talk")
    load_pack(pack)
    episode = PodcastEpisode.objects.get()
    assert episode.title == "A talk"
    assert episode.audio.storage.exists(episode.audio.name)


def test_a_file_that_cannot_be_stored_is_refused_at_its_item(pack, monkeypatch):
    def no_space(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Storage, "save", no_space)
    with pytest.raises(PackRefused, match="No space left on device") as refusal:
        load_pack(pack)
    assert [issue.file.rpartition("/")[2] for issue in refusal.value.issues] == ["2025-02-01-talk.md"]
    assert not NewsItem.objects.exists()


@pytest.mark.parametrize(
    "name, old, new, key, said",
    [
        ("news/2025-02-02-call.md", "zone: AoE", "", "deadline", "says whose clocks"),
        (
            "news/2025-02-02-call.md",
            "zone: AoE",
            "zone: AoE\ntakes: 5 minutes",
            "takes",
            "has no takes. Its own keys: deadline",
        ),
        (
            "news/2025-02-02-call.md",
            "apply_email: a@society.example",
            "aply_email: x",
            "aply_email",
            "Did you mean",
        ),
        ("news/2025-02-03-release.md", "2025-02-03 10:00", "2025-02-04", "embargo", "ends at an hour"),
        (
            "news/2025-02-03-release.md",
            "embargo: '2025-02-03 10:00'",
            "embargo: '2025-03-30 01:30'",
            "embargo",
            "does not exist",
        ),
        ("news/2025-02-01-talk.md", "audio: talk.mp3", "audio: none.mp3", "audio", "no file files/none.mp3"),
        (
            "news/2025-02-01-talk.md",
            "transcript: |\n  **0:00** Hello.\n",
            "",
            "audio",
            "Not everybody can listen",
        ),
        ("policy/letter.md", "kind: sign-on-letter", "kind: survey", "kind", "is not one of statement"),
        (
            "policy/letter.md",
            "kind: sign-on-letter",
            "kind: sign-on-letter\ndate: '2025-01-01'",
            "date",
            "There is no key",
        ),
        (
            "sections.yaml",
            "{key: policy, kind: policy, title: Policy, body: 'What we [said](page:news).'}",
            "{key: x, kind: events, title: X}",
            "",
            "Items of policy need a page",
        ),
        ("sections.yaml", "title: News}", "title: News, body: Words}", "body", "has no body"),
        ("sections.yaml", "page:news", "page:nope", "body", "page:nope"),
    ],
)
def test_a_fault_is_told_with_its_key_and_what_belongs_there(pack, name, old, new, key, said):
    rewrite(pack, name, old, new)
    faults = [fault for fault in check_pack(pack) if said in str(fault)]
    assert faults, [str(fault) for fault in check_pack(pack)]
    assert key in str(faults[0])


def test_a_file_that_is_no_sound_is_told(pack):
    (pack / "files" / "talk.mp3").write_text("<html>")
    [fault] = check_pack(pack)
    assert "Browsers cannot play this file" in str(fault)


def test_nothing_is_left_where_a_pack_is_refused(pack, settings):
    rewrite(pack, "news/2025-02-03-release.md", "2025-02-03 10:00", "2025-02-04")
    with pytest.raises(Exception, match="ends at an hour"):
        load_pack(pack)
    assert PodcastEpisode.objects.count() == 0
    shutil.rmtree(pack)


@pytest.mark.usefixtures("demo")
def test_the_demonstration_has_something_of_each_kind_to_read_and_to_hear(client):
    for key in (
        "podcast",
        "press-release",
        "member-spotlight",
        "remembrance",
        "call-for-applications",
        "survey",
        "research-highlight",
        "announcement",
        "statement",
        "consultation-response",
        "sign-on-letter",
    ):
        html = client.get(f"/en/news/kind/{key}/").content.decode()
        assert "nvented" in html, key
    episode = PodcastEpisode.objects.exclude(audio="").get()
    assert episode.duration == 26
    assert client.get("/en/news/press-release-under-embargo/").status_code == 404
    assert client.get("/en/advocacy/policy/").context["counted"] == "8 on record"
