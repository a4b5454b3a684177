"""Recordings: what is taken, how it is served, and what podcast programs read."""

from io import BytesIO
from uuid import UUID
from xml.etree import ElementTree

import feedparser
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st

import makers
import makers_newsroom as newsroom
from collegium.newsroom import audio
from collegium.newsroom.models import Newsroom, PodcastEpisode
from collegium.newsroom.views import byte_range

pytestmark = pytest.mark.django_db
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_recording_says_its_own_length_and_size():
    episode = newsroom.episode()
    assert (episode.audio_type, episode.audio_bytes, episode.duration) == ("audio/mpeg", 14400, 4)


def test_the_name_of_the_upload_is_nowhere():
    episode = newsroom.episode()
    assert "secret" not in episode.audio.name
    assert episode.audio.name.startswith("audio/")
    assert episode.audio.name.endswith(".mp3")


@pytest.mark.parametrize(
    "body, said",
    [
        (b"<html><script>alert(1)</script></html>", "Browsers cannot play this file"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "Browsers cannot play this file"),
        (b"OggS" + bytes(60), "No sound can be found"),
        (b"", "Browsers cannot play this file"),
    ],
)
def test_what_is_no_sound_is_refused_whatever_its_name(body, said):
    episode = PodcastEpisode(title="x", date="2025-02-01", audio=ContentFile(body, name="talk.mp3"))
    with pytest.raises(ValidationError, match=said):
        episode.clean()


def test_what_is_too_large_is_refused_with_what_to_do():
    with pytest.raises(
        audio.UnsupportedAudio, match=r"has 300 MB; at most 200 MB are accepted\. Save it at 96"
    ):
        audio.inspect(BytesIO(newsroom.mp3()), 300 * 1024**2)


def test_a_recording_is_served_in_pieces(client):
    path = newsroom.episode().audio_path
    whole = client.get(path)
    body = b"".join(whole.streaming_content)
    assert (whole.status_code, len(body), whole["Accept-Ranges"]) == (200, 14400, "bytes")
    piece = client.get(path, headers={"range": "bytes=100-199"})
    assert (piece.status_code, piece["Content-Range"], piece["Content-Length"]) == (
        206,
        "bytes 100-199/14400",
        "100",
    )
    assert b"".join(piece.streaming_content) == body[100:200]
    end = client.get(path, headers={"range": "bytes=-10"})
    assert b"".join(end.streaming_content) == body[-10:]
    beyond = client.get(path, headers={"range": "bytes=14400-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, "bytes */14400")
    other = client.get(path, headers={"range": "bytes=0-9", "if-range": '"another"'})
    assert (other.status_code, len(b"".join(other.streaming_content))) == (200, 14400)
    assert whole["Content-Type"] == "audio/mpeg"


@given(st.integers(1, 500), st.integers(0, 600), st.integers(0, 600))
def test_a_range_is_within_the_file_or_refused(size, first, last):
    found = byte_range(f"bytes={first}-{last}", size)
    if last < first:
        assert found is None
    elif first >= size:
        assert found == (1, 0)
    else:
        assert found == (first, min(last, size - 1))


@pytest.mark.parametrize("asked", ["", "bytes=-", "bytes=0-1,4-5", "items=0-1", "bytes=a-b"])
def test_a_range_that_cannot_be_read_means_the_whole(asked):
    assert byte_range(asked, 100) is None


def test_who_has_a_recording_already_is_told_so_and_asks_each_time(client):
    path = newsroom.episode().audio_path
    whole = client.get(path)
    assert whole["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = client.get(path, headers={"if-none-match": whole["ETag"], "range": "bytes=0-3"})
    assert (again.status_code, again.content) == (304, b"")
    whole.close()


def test_a_recording_of_a_draft_is_the_offices_alone(client, office):
    episode = newsroom.episode()
    episode.unpublish()
    assert client.get(episode.audio_path).status_code == 404
    assert client.get("/media/audio/unknown.mp3").status_code == 404
    client.force_login(office)
    response = client.get(episode.audio_path)
    assert response["Cache-Control"] == "private, no-store"
    response.close()


def test_the_page_has_a_player_the_words_and_the_file(client):
    episode = newsroom.episode(slug="ep", transcript="<p>Said aloud.</p>", season=2, episode=4)
    html = client.get("/en/news/ep/").content.decode()
    assert '<audio controls preload="none"' in html
    assert f'href="{episode.audio_path}" download' in html
    assert "Said aloud." in html
    assert "Season 2, episode 4" in html
    assert "media-src 'self'" in client.get("/en/news/ep/")["Content-Security-Policy"]
    plain = client.get("/en/news/transcript/ep/")
    assert plain["Content-Type"].startswith("text/plain")
    assert "Said aloud." in plain.content.decode()


def test_an_episode_whose_recording_is_not_held_has_no_player(client):
    makers.news(PodcastEpisode, slug="elsewhere")
    assert "<audio" not in client.get("/en/news/elsewhere/").content.decode()
    assert ElementTree.fromstring(client.get("/en/news/podcast.rss").content).findall(".//item") == []
    assert client.get("/en/news/transcript/elsewhere/").status_code == 404


def test_podcast_programs_read_the_feed(client):
    makers.society()
    record = Newsroom.load()
    record.podcast_title, record.podcast_email = "The Hour", "hour@society.example"
    record.save()
    episode = newsroom.episode(slug="ep", title="One & <two>", season=1, episode=2)
    feed = feedparser.parse(client.get("/en/news/podcast.rss").content)
    assert not feed.bozo
    assert (feed.feed.title, feed.feed.author, feed.feed.itunes_type) == (
        "The Hour",
        "Society of Worked Examples",
        "episodic",
    )
    assert feed.feed.image.href == "http://testserver/en/news/podcast.png"
    assert [tag.term for tag in feed.feed.tags] == ["Science", "Life Sciences"]
    [entry] = feed.entries
    assert (entry.title, entry.itunes_duration, entry.itunes_season, entry.itunes_episode) == (
        "One & <two>",
        "4",
        "1",
        "2",
    )
    [enclosure] = entry.enclosures
    assert (enclosure.type, enclosure.length) == ("audio/mpeg", "14400")
    assert enclosure.href == f"http://testserver{episode.audio_path}"
    heard = client.get(enclosure.href.removeprefix("http://testserver"))
    assert len(b"".join(heard.streaming_content)) == int(enclosure.length)


def test_the_feed_has_what_directories_ask_for(client):
    newsroom.episode(slug="ep")
    channel = ElementTree.fromstring(client.get("/en/news/podcast.rss").content).find("channel")
    item = channel.find("item")
    assert channel.findtext(f"{ITUNES}explicit") == item.findtext(f"{ITUNES}explicit") == "false"
    assert UUID(channel.findtext(f"{PODCAST}guid")).version == 5
    assert channel.findtext(f"{PODCAST}locked") == "yes"
    words = item.find(f"{PODCAST}transcript")
    assert (words.get("type"), words.get("language")) == ("text/plain", "en")
    assert client.get(words.get("url").removeprefix("http://testserver")).status_code == 200


def test_the_guid_is_that_of_the_specification():
    """https://podcasting2.org/docs/podcast-namespace/tags/guid gives this address and its guid."""
    from collegium.newsroom.podcast import guid

    assert guid("https://podnews.net/rss") == "9b024349-ccf0-5f69-a609-6b82873eab3c"


def test_the_cover_is_square_and_large(client):
    from PIL import Image

    makers.news_page()
    response = client.get("/en/news/podcast.png")
    assert response["Content-Type"] == "image/png"
    assert Image.open(BytesIO(response.content)).size == (1400, 1400)


@pytest.fixture
def form(office):
    form_class = PodcastEpisode.get_edit_handler().get_form_class()

    def fill(**facts):
        from django.core.files.uploadedfile import SimpleUploadedFile

        page = PodcastEpisode(owner=office)
        made = form_class(
            {
                "title": "T",
                "slug": "t",
                "date": "2025-02-01",
                "motif": "turing",
                "transcript": "null",
                "guests-count": 0,
                "body-count": 0,
                **facts,
            },
            {"audio": SimpleUploadedFile("a.mp3", newsroom.mp3())},
            instance=page,
            parent_page=makers.news_page(),
            for_user=office,
        )
        return made

    return fill


def test_nothing_is_published_without_its_words(form):
    assert "Add a transcript before you publish" in str(form().errors["transcript"])


def test_a_draft_may_wait_for_its_words(form):
    draft = form()
    draft.defer_required_fields()
    assert "transcript" not in draft.errors


def test_the_office_uploads_a_draft_and_hears_it(client, office):
    from django.core.files.uploadedfile import SimpleUploadedFile

    parent = makers.news_page()
    client.force_login(office)
    sent = {
        "title": "Draft",
        "slug": "draft",
        "summary": "",
        "date": "2025-02-01",
        "motif": "turing",
        "transcript": "null",
        "guests-count": "0",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    recording = SimpleUploadedFile("My secret talk.mp3", newsroom.mp3())
    answer = client.post(
        f"/admin/pages/add/newsroom/podcastepisode/{parent.pk}/", sent | {"audio": recording}
    )
    assert answer.status_code == 302, answer.context["form"].errors
    draft = PodcastEpisode.objects.get(slug="draft").get_latest_revision_as_object()
    assert not draft.live
    assert (draft.duration, draft.audio_bytes) == (4, 14400)
    assert draft.audio_path in draft.make_preview_request().content.decode()
    heard = client.get(draft.audio_path)
    assert (heard.status_code, len(b"".join(heard.streaming_content))) == (200, 14400)
    edited = client.post(f"/admin/pages/{draft.pk}/edit/", sent | {"action-publish": "1"})
    assert "Add a transcript before you publish" in edited.content.decode()
    longer = SimpleUploadedFile("other.mp3", newsroom.mp3(300))
    client.post(f"/admin/pages/{draft.pk}/edit/", sent | {"audio": longer})
    latest = PodcastEpisode.objects.get(slug="draft").get_latest_revision_as_object()
    assert latest.duration == 11
    assert latest.audio.storage.exists(latest.audio.name)
