"""Uploaded recordings: MP3, MP4 and Ogg as nobody would write them. A file is measured or refused."""

import struct
from io import BytesIO

from _runner import fuzz, in_time, run
from hypothesis import given
from hypothesis import strategies as st

from collegium.newsroom import audio

HEADS = st.sampled_from(
    [
        b"ID3\x04\x00\x00\x00\x00\x00\x00",
        b"\xff\xfb\x90\x00",
        b"\x00\x00\x00\x20ftypM4A ",
        b"OggS\x00\x02",
        b"",
    ]
)
ATOMS = st.builds(
    lambda size, name, body: struct.pack(">I", size) + name + body,
    st.integers(0, 2**32 - 1) | st.integers(0, 200),
    st.sampled_from([b"moov", b"mvhd", b"trak", b"mdia", b"mdhd", b"udta", b"meta", b"ilst", b"stsd"]),
    st.binary(max_size=60),
)
PAGES = st.builds(lambda body: b"OggS\x00\x00" + body, st.binary(max_size=80))
FRAMES = st.builds(lambda body: b"\xff\xfb" + body, st.binary(max_size=60))
BODIES = st.lists(ATOMS | PAGES | FRAMES | st.binary(max_size=100), max_size=8).map(b"".join)


def inspect(data: bytes) -> None:
    try:
        recording = audio.inspect(BytesIO(data), len(data))
    except audio.UnsupportedAudio as error:
        assert str(error)
    else:
        assert 0 < recording.seconds < 2**31


@fuzz
@given(HEADS, BODIES)
def recordings(head: bytes, body: bytes) -> None:
    in_time(lambda: inspect(head + body))


@fuzz
@given(HEADS, st.sampled_from([b"\x00", b"\xff\xfb\x90\x00", b"OggS"]) | st.binary(min_size=1, max_size=8))
def one_part_a_megabyte_long(head: bytes, part: bytes) -> None:
    in_time(lambda: inspect(head + part * (1_000_000 // len(part))))


if __name__ == "__main__":
    run(recordings, one_part_a_megabyte_long)
