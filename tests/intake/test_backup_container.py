import io
import json

import pytest

from collegium.intake.backup import container
from collegium.intake.backup.container import MAGIC, Reader, Writer
from collegium.intake.backup.errors import BackupRefused

DATA = bytes(range(256)) * 12_000  # three frames
KEYS = ["", "a long passphrase"]


def written(key, data=DATA):
    file = io.BytesIO()
    writer = Writer(file, passphrase=key)
    for start in range(0, len(data), 70_000):
        writer.write(data[start : start + 70_000])
    writer.close()
    return file.getvalue()


def read(raw, key=""):
    reader = Reader(io.BytesIO(raw), name="x.backup", passphrase=key)
    data = b""
    while part := reader.read(100_000):
        data += part
    return data


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("data", [b"", b"x", b"x" * (1 << 20), DATA])
def test_what_was_written_is_read(key, data):
    assert read(written(key, data), key) == data


def test_an_encrypted_file_shows_nothing_of_its_content():
    raw = written("a long passphrase", b"Imara Quillfeather " * 1000)
    assert b"Imara" not in raw
    assert raw != written("a long passphrase", b"Imara Quillfeather " * 1000)


@pytest.mark.parametrize("key", KEYS)
def test_any_changed_byte_is_noticed(key):
    raw = written(key)
    for place in (len(MAGIC) + 3, 80, 100, 2_000_000, len(raw) - 40, len(raw) - 1):
        bad = bytearray(raw)
        bad[place] ^= 1
        with pytest.raises(BackupRefused):
            read(bytes(bad), key)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("end", [10, 60, 300_000, 1_100_000, -33, -32, -1])
def test_a_file_that_ends_early_is_noticed(key, end):
    with pytest.raises(BackupRefused):
        read(written(key)[:end], key)


def test_frames_cannot_change_places():
    raw = written("k" * 20)
    start = raw.index(b"\n", len(MAGIC)) + 1
    size = 5 + (1 << 20) + 16
    swapped = raw[:start] + raw[start + size : start + 2 * size] + raw[start : start + size]
    with pytest.raises(BackupRefused):
        read(swapped + raw[start + 2 * size :], "k" * 20)


def test_something_after_the_end_is_noticed():
    with pytest.raises(BackupRefused, match="checksum"):
        read(written("") + b"x")


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"SQLite format 3\0" * 10])
def test_a_foreign_file_is_refused(raw):
    with pytest.raises(BackupRefused, match="no backup of Collegium"):
        read(raw)


def test_a_newer_format_is_refused():
    raw = MAGIC + json.dumps({"format": container.FORMAT + 1, "salt": ""}).encode() + b"\n"
    with pytest.raises(BackupRefused, match="newer Collegium"):
        read(raw)


@pytest.mark.parametrize("key, sentence", [("", "is encrypted"), ("wrong", "BACKUP_KEY does not open")])
def test_without_its_key_it_stays_closed(key, sentence):
    with pytest.raises(BackupRefused, match=sentence):
        read(written("right"), key)


def test_what_is_no_file_is_refused(tmp_path):
    with pytest.raises(BackupRefused, match="Is a directory"):
        container.check(tmp_path)
    with pytest.raises(BackupRefused, match="No such file"):
        container.check(tmp_path / "none.backup")
