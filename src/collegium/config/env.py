"""The only reader of the environment: a frozen record of what the machine's engineer has set.

Every outside service is one URL-shaped variable with an embedded default. Whatever is missing or
unreadable is listed all at once, with what to do about it.
"""

import importlib.util
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import environ


class SettingsProblem(Exception):
    """The environment cannot be used as it is. `problems` holds one sentence for each fault."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(
            "Collegium cannot start with these settings:\n" + "\n".join(f"- {p}" for p in problems)
        )


@dataclass(frozen=True)
class Bucket:
    """Where uploads are kept in an object store that speaks S3. Without a key, the usual AWS_* hold it."""

    name: str
    prefix: str = ""
    endpoint: str | None = None
    region: str | None = None
    key: str | None = None
    secret: str | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return f"the bucket {self.name}" + (f" below {self.prefix}" if self.prefix else "")


@dataclass(frozen=True)
class Env:
    """What the environment says, already parsed. See docs/running.md for each variable."""

    secret_key: str
    var: Path
    database: dict[str, Any]
    cache: dict[str, Any]
    email: dict[str, Any]
    storage: Path | Bucket
    hosts: list[str]
    https: bool
    purge: dict[str, Any]  #: settings of wagtail.contrib.frontend_cache; empty for none
    backup_dir: Path | None = None  #: where a backup is made each night; none for nowhere
    backup_keep: int = 14
    backup_key: str = field(default="", repr=False)
    demo_date: date | None = None
    demo_date_since: datetime | None = None

    @classmethod
    def read(cls, source: Mapping[str, str] | None = None) -> "Env":
        """Parse `source` (by default `os.environ`), or raise `SettingsProblem` with every fault."""
        return _Reader(os.environ if source is None else source).env()


def content_version_file(var: Path) -> Path:
    """Where the content version of the installation in `var` is kept."""
    return var / "content-version"


def shown(url: str) -> str:
    """`url` as it may be printed: without its password, even one with signs that should have been encoded."""
    return re.sub(r"(?<=://)([^:@/]*):.+@", r"\1:…@", url)


def _parsed(parse: Callable[[str], Any], url: str) -> dict[str, Any]:
    """What `parse` makes of `url`; nothing where it cannot be read."""
    try:
        config: dict[str, Any] = dict(parse(url))
        _ = urlsplit(url).port  # a port that is no number
    except Exception:  # noqa: BLE001 the parsers raise whatever they meet
        return {}
    return config


def _is_here(*packages: str) -> bool:
    return all(importlib.util.find_spec(name) is not None for name in packages)


def _front(url: str) -> dict[str, Any]:
    """The cache in front at `url`, as `wagtail.contrib.frontend_cache` wants it."""
    parts = urlsplit(url)
    if parts.scheme == "varnish" and parts.hostname:
        return {"BACKEND": "collegium.config.purge.Varnish", "LOCATION": f"http://{parts.netloc}"}
    if parts.scheme == "cloudflare" and parts.hostname and parts.password:
        named = {"ZONEID": parts.hostname, "BEARER_TOKEN": parts.password}
        return {"BACKEND": "collegium.config.purge.Cloudflare"} | named
    return {}


class _Reader:
    def __init__(self, source: Mapping[str, str]) -> None:
        self.source = source
        self.problems: list[str] = []

    def env(self) -> Env:
        var = Path(self.source.get("COLLEGIUM_VAR") or "var").resolve()
        values: dict[str, Any] = {
            "secret_key": self._secret_key(),
            "var": var,
            "database": self._database(var),
            "cache": self._cache(),
            "email": self._email(var),
            "storage": self._storage(var),
            "hosts": self._hosts(),
            "https": self.source.get("HTTPS", "") == "1",
            "purge": self._purge(),
            "backup_dir": Path(value) if (value := self.source.get("BACKUP_DIR")) else None,
            "backup_keep": self._backup_keep(),
            "backup_key": self.source.get("BACKUP_KEY", ""),
            "demo_date": self._demo_date(),
            "demo_date_since": self._demo_date_since(),
        }
        if self.problems:
            raise SettingsProblem(self.problems)
        return Env(**values)

    def _secret_key(self) -> str:
        key = self.source.get("SECRET_KEY", "")
        if len(key) < 40:
            self.problems.append(
                "SECRET_KEY is missing or shorter than 40 characters. Make one with "
                "`python3 -c 'import secrets; print(secrets.token_urlsafe(50))'` and keep it secret."
            )
        return key

    def _database(self, var: Path) -> dict[str, Any]:
        url = self.source.get("DATABASE_URL") or f"sqlite:///{var}/collegium.sqlite3"
        known = url.startswith(("sqlite:///", "postgres://", "postgresql://"))
        config = _parsed(environ.Env.db_url_config, url) if known else {}
        if not config.get("NAME"):
            self.problems.append(
                f"DATABASE_URL is {shown(url)!r}; Collegium knows sqlite:///PATH and "
                "postgresql://USER:PASSWORD@HOST:PORT/NAME."
            )
            return {}
        return config

    def _cache(self) -> dict[str, Any]:
        url = self.source.get("CACHE_URL") or "locmemcache://"
        known = url.startswith(("locmemcache:", "redis://", "rediss://"))
        config = _parsed(environ.Env.cache_url_config, url) if known else {}
        if not config:
            self.problems.append(
                f"CACHE_URL is {shown(url)!r}; Collegium knows redis://HOST:PORT/N, "
                "or nothing for its own memory."
            )
        else:
            kind = "LocMem" if url.startswith("locmemcache:") else "Redis"
            config["BACKEND"] = f"collegium.config.caches.{kind}"
        return config

    def _email(self, var: Path) -> dict[str, Any]:
        url = self.source.get("EMAIL_URL") or f"filemail:///{var}/mail"
        config = _parsed(environ.Env.email_url_config, url)
        if not config:
            self.problems.append(
                f"EMAIL_URL is {shown(url)!r}; write smtp+tls://USER:PASSWORD@HOST:587, "
                "or leave it out: letters are then written to files and not sent."
            )
        if config.get("EMAIL_BACKEND", "").endswith("filebased.EmailBackend"):
            config["EMAIL_BACKEND"] = "collegium.mail.backends.EmlFileBackend"
        return config

    def _backup_keep(self) -> int:
        text = self.source.get("BACKUP_KEEP") or "14"
        if not (text.isascii() and text.isdecimal() and int(text)):
            self.problems.append(f"BACKUP_KEEP is {text!r}; write how many backups to keep, 1 or more.")
            return 14
        return int(text)

    def _storage(self, var: Path) -> Path | Bucket:
        url = self.source.get("STORAGE_URL") or f"file://{var}/media"
        if url.startswith("s3://"):
            return self._bucket(url)
        if not url.startswith("file:///"):
            self._not_storage(url)
        return Path(url.removeprefix("file://"))

    def _bucket(self, url: str) -> Bucket:
        parts = urlsplit(url)
        told = dict(parse_qsl(parts.query, keep_blank_values=True))
        # Not `hostname`, which writes everything small.
        bucket = parts.netloc.rpartition("@")[2]
        endpoint = told.get("endpoint")
        if (
            not re.fullmatch(r"[\w.-]+", bucket)
            or bool(parts.username) != bool(parts.password)
            or told.keys() - {"endpoint", "region"}
            or (endpoint is not None and not re.match(r"https?://[^/]", endpoint))
        ):
            self._not_storage(url)
        elif not _is_here("storages", "boto3"):
            self.problems.append(
                "STORAGE_URL names an object store, and the packages for it are not installed. Run "
                "`python3 tools/setup.py s3`, or `pip install 'collegium[s3]'`."
            )
        user, password = (unquote(word) if word else None for word in (parts.username, parts.password))
        return Bucket(bucket, unquote(parts.path).strip("/"), endpoint, told.get("region"), user, password)

    def _not_storage(self, url: str) -> None:
        self.problems.append(
            f"STORAGE_URL is {shown(url)!r}; Collegium knows file:///PATH and "
            "s3://BUCKET/PREFIX?endpoint=https://HOST&region=REGION, with AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY beside it, or s3://KEY:SECRET@BUCKET (a / in a secret is written %2F)."
        )

    def _hosts(self) -> list[str]:
        hosts = [h.strip() for h in self.source.get("HOSTS", "127.0.0.1,localhost").split(",") if h.strip()]
        if not hosts:
            self.problems.append("HOSTS is empty; list the names that readers type, separated by commas.")
        return hosts

    def _purge(self) -> dict[str, Any]:
        url = self.source.get("PURGE_URL", "")
        config = _parsed(_front, url)
        if url and not config:
            self.problems.append(
                f"PURGE_URL is {shown(url)!r}; Collegium knows varnish://HOST:PORT and "
                "cloudflare://:TOKEN@ZONE, or nothing where no cache stands in front."
            )
        return config

    def _demo_date(self) -> date | None:
        text = self.source.get("DEMO_DATE", "")
        if text in ("", "now"):
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.problems.append(f"DEMO_DATE is {text!r}; write a day such as 2025-02-14, or `now`.")
            return None

    def _demo_date_since(self) -> datetime | None:
        text = self.source.get("DEMO_DATE_SINCE", "")
        if not text:
            return None
        try:
            return datetime.fromisoformat(text).astimezone(UTC)
        except ValueError:
            self.problems.append(
                f"DEMO_DATE_SINCE is {text!r}; it is set by `collegium serve`, leave it out."
            )
            return None
