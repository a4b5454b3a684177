"""What an uploaded recording is, told from its bytes and not from its name."""

from dataclasses import dataclass
from typing import Any, BinaryIO
from uuid import uuid4

from django.utils.translation import gettext as _
from tinytag import TinyTag, TinyTagException

MAX_BYTES = 200 * 1024 * 1024  #: bytes of one recording
EXTENSIONS = {"audio/mpeg": ".mp3", "audio/mp4": ".m4a", "audio/ogg": ".ogg"}


class UnsupportedAudio(ValueError):
    """A file that is no recording that browsers and directories play, with a sentence on what is."""


@dataclass(frozen=True)
class Recording:
    """What a file of sound is: its media type, bytes, and whole seconds."""

    media_type: str
    size: int
    seconds: int


def media_type(head: bytes) -> str | None:
    """The media type of a file that begins with `head`, 16 bytes of it; nothing for any other."""
    if head[:3] == b"ID3" or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):
        return "audio/mpeg"
    if head[4:8] == b"ftyp":
        return "audio/mp4"
    return "audio/ogg" if head[:4] == b"OggS" else None


def inspect(file: BinaryIO, size: int) -> Recording:
    """What `file` is, or raise `UnsupportedAudio`. The file stands at its beginning before and after."""
    if size > MAX_BYTES:
        facts = {"size": size // 1024**2, "most": MAX_BYTES // 1024**2}
        raise UnsupportedAudio(
            _(
                "The recording has %(size)d MB; at most %(most)d MB are accepted. "
                "Save it at 96 kbit/s or less, in mono."
            )
            % facts
        )
    file.seek(0)
    kind = media_type(file.read(16))
    if kind is None:
        raise UnsupportedAudio(_("Browsers cannot play this file. Upload MP3, M4A (AAC) or Ogg."))
    seconds = _seconds(file)
    if not seconds:
        raise UnsupportedAudio(_("No sound can be found in this file. It may be cut off: save it again."))
    return Recording(kind, size, seconds)


def _seconds(file: BinaryIO) -> int:
    file.seek(0)
    try:
        found = TinyTag.get(filename="recording", file_obj=file, tags=False)
    except TinyTagException:
        return 0
    finally:
        file.seek(0)
    return max(1, round(found.duration)) if found.duration else 0


def stored_name(episode: Any, name: str) -> str:
    """Where a recording is kept: under a name of our own, that says nothing and cannot be guessed."""
    return f"audio/{uuid4().hex}{EXTENSIONS.get(episode.audio_type, '.bin')}"


def format_duration(seconds: int) -> str:
    """`4:05`, `1:02:03`."""
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02d}:{seconds % 60:02d}" if hours else f"{minutes}:{seconds % 60:02d}"
