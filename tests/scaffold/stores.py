"""An object store and a Redis for tests: real servers on the loopback, gone afterwards."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import redis

from scaffold.edges import eventually, free_port

NO_REDIS = "no Redis here: apt-get install redis-server, or let one listen at 127.0.0.1:6379"
_COLOUR = re.compile(r"\x1b\[\d*m")
KEY, SECRET = "a-key", "a/secret+word"


# --- Redis


@contextmanager
def own_redis() -> Iterator[tuple[str, subprocess.Popen]]:
    """The address of a Redis of its own, and its process; it writes nothing to a disk."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="collegium-redis-") as folder:
        line = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        process = subprocess.Popen(line, stdout=subprocess.DEVNULL)
        try:
            url = f"redis://127.0.0.1:{port}/0"
            eventually(lambda: answers(url))
            yield url, process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def answers(url: str) -> bool:
    """Whether a Redis answers at `url`."""
    with redis.Redis.from_url(url, socket_timeout=2) as line:
        try:
            return bool(line.ping())
        except redis.RedisError:
            return False


def running_redis() -> str | None:
    """The address of the usual Redis of this machine, its last database, or None."""
    url = "redis://127.0.0.1:6379/15"
    return url if answers(url) else None


def redis_program() -> str | None:
    return shutil.which("redis-server")


# --- an object store


@dataclass
class Store:
    """A server that speaks S3; `calls` are its requests so far, and it may be stopped."""

    endpoint: str
    process: subprocess.Popen
    log: Path

    def url(self, bucket: str = "uploads", prefix: str = "") -> str:
        return f"s3://{KEY}:{SECRET.replace('/', '%2F')}@{bucket}{prefix}?endpoint={self.endpoint}"

    @property
    def client(self):
        import boto3

        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
        )

    def names(self, bucket: str = "uploads") -> list[str]:
        return sorted(one["Key"] for one in self.client.list_objects_v2(Bucket=bucket).get("Contents", []))

    def calls(self) -> list[str]:
        """`GET /uploads/images/x.png`, for each request that reached it."""
        with self.log.open() as said:
            lines = [_COLOUR.sub("", line) for line in said if '"' in line]
            return [line.split('"')[1].rsplit(" ", 1)[0] for line in lines]


@contextmanager
def object_store() -> Iterator[Store]:
    """A store with one empty bucket, `uploads`."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="collegium-s3-") as folder:
        log = Path(folder) / "log"
        with log.open("w") as out:
            line = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
            process = subprocess.Popen(line, stdout=out, stderr=out, env=dict(os.environ))
        store = Store(f"http://127.0.0.1:{port}", process, log)
        try:
            eventually(lambda: _opens(store), within=60)
            yield store
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def _opens(store: Store) -> bool:
    import http.client

    line = http.client.HTTPConnection(urlsplit(store.endpoint).netloc, timeout=5)
    try:
        line.request("GET", "/")
        line.getresponse().read()
    except OSError:
        return False
    finally:
        line.close()
    store.client.create_bucket(Bucket="uploads")
    return True
