"""The file of a backup: a header, frames of at most a megabyte, and a checksum over all of it.

With a key each frame is encrypted with AES-256-GCM. Its nonce holds its number and whether it is the last, so
that frames can be neither reordered nor cut off. The key is derived from a passphrase by scrypt.
"""

import hashlib
import json
import os
import struct
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from collegium.intake.backup.errors import BackupRefused, damaged, not_a_backup, wrong_key

MAGIC = b"COLLEGIUM BACKUP\n"
FORMAT = 1
_FRAME = 1 << 20
_LONGEST_HEADER = 10_000
_HEAD = struct.Struct(">BI")  # whether it is the last, and its length
_TAG = 16


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    key = hashlib.scrypt(passphrase.encode(), salt=salt, n=1 << 15, r=8, p=1, maxmem=1 << 26, dklen=32)
    return AESGCM(key)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return struct.pack(">7xIB", number, is_last)  # the key is new for each file, by its salt


class Writer:
    """Takes bytes like a file. `close` writes the last frame and the checksum."""

    def __init__(self, file: BinaryIO, *, passphrase: str = "") -> None:
        self._file, self._hash = file, hashlib.sha256()
        salt = os.urandom(16)
        self._cipher = _cipher(passphrase, salt) if passphrase else None
        self._buffer, self._number = bytearray(), 0
        header = {"format": FORMAT, "salt": salt.hex() if passphrase else ""}
        self._header = MAGIC + json.dumps(header).encode() + b"\n"
        self._put(self._header)

    def write(self, data: bytes) -> int:
        self._buffer += data
        while len(self._buffer) > _FRAME:
            self._frame(bytes(self._buffer[:_FRAME]), is_last=False)
            del self._buffer[:_FRAME]
        return len(data)

    def close(self) -> None:
        self._frame(bytes(self._buffer), is_last=True)
        self._file.write(self._hash.digest())

    def _frame(self, data: bytes, *, is_last: bool) -> None:
        if self._cipher:
            data = self._cipher.encrypt(_nonce(self._number, is_last=is_last), data, self._header)
        self._put(_HEAD.pack(is_last, len(data)) + data)
        self._number += 1

    def _put(self, data: bytes) -> None:
        self._hash.update(data)
        self._file.write(data)


class Reader:
    """Gives the bytes back. Raises `BackupRefused` for a file that is foreign, newer, locked or damaged."""

    def __init__(self, file: BinaryIO, *, name: str, passphrase: str = "") -> None:
        self._file, self._name, self._hash = file, name, hashlib.sha256()
        self._header = self._read_header()
        self._cipher = self._unlock(passphrase)
        self._buffer, self._number, self._ended = b"", 0, False

    def read(self, size: int) -> bytes:
        while len(self._buffer) < size and not self._ended:
            self._buffer += self._frame()
        data, self._buffer = self._buffer[:size], self._buffer[size:]
        return data

    def check(self) -> None:
        """Read to the end."""
        while not self._ended:
            self._frame()

    def _read_header(self) -> bytes:
        if self._file.read(len(MAGIC)) != MAGIC:
            raise not_a_backup(self._name)
        line = self._file.readline(_LONGEST_HEADER)
        self._hash.update(MAGIC + line)
        return MAGIC + line

    def _unlock(self, passphrase: str) -> AESGCM | None:
        facts = self._facts()
        if facts["format"] > FORMAT:
            raise BackupRefused(f"{self._name} was made by a newer Collegium. Update this one first.")
        if not facts["salt"]:
            return None
        if not passphrase:
            raise BackupRefused(f"{self._name} is encrypted. Set BACKUP_KEY to its key.")
        return _cipher(passphrase, bytes.fromhex(facts["salt"]))

    def _facts(self) -> dict[str, Any]:
        try:
            facts = json.loads(self._header[len(MAGIC) :])
            return {"format": int(facts["format"]), "salt": str(facts["salt"])}
        except (ValueError, KeyError, TypeError):
            raise damaged(self._name, "its header cannot be read") from None

    def _frame(self) -> bytes:
        head = self._take(_HEAD.size)
        is_last, length = _HEAD.unpack(head)
        if is_last > 1 or length > _FRAME + _TAG:
            raise damaged(self._name, "a frame has an impossible length")
        data = self._take(length)
        self._hash.update(head + data)
        if self._cipher:
            data = self._decrypt(data, is_last=bool(is_last))
        self._number += 1
        if is_last:
            self._end()
        return data

    def _decrypt(self, data: bytes, *, is_last: bool) -> bytes:
        assert self._cipher is not None
        try:
            return self._cipher.decrypt(_nonce(self._number, is_last=is_last), data, self._header)
        except InvalidTag:
            if self._number:
                raise damaged(self._name, "a frame was changed") from None
            raise wrong_key(self._name) from None

    def _end(self) -> None:
        self._ended = True
        if self._file.read(33) != self._hash.digest():
            raise damaged(self._name, "its checksum is wrong")

    def _take(self, length: int) -> bytes:
        data = self._file.read(length)
        if len(data) < length:
            raise damaged(self._name, "it ends too early")
        return data


def check(path: Path, *, passphrase: str = "") -> None:
    """Read the whole file; raise `BackupRefused` unless it is whole and can be opened."""
    try:
        with path.open("rb") as file:
            Reader(file, name=path.name, passphrase=passphrase).check()
    except OSError as fault:
        raise BackupRefused(f"{path} cannot be read: {fault.strerror}.") from None
