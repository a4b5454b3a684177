from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from collegium.config.env import Bucket, Env, SettingsProblem, shown

KEY = {"SECRET_KEY": "k" * 40}


def read(**source):
    return Env.read(KEY | source)


def problems(**source):
    with pytest.raises(SettingsProblem) as caught:
        Env.read(source)
    return caught.value.problems


def test_a_secret_key_is_enough(tmp_path):
    env = read(COLLEGIUM_VAR=str(tmp_path))
    assert env.database["NAME"] == str(tmp_path / "collegium.sqlite3")
    assert env.database["ENGINE"] == "django.db.backends.sqlite3"
    assert env.email["EMAIL_BACKEND"].endswith("EmlFileBackend")
    assert env.storage == tmp_path / "media"
    assert env.hosts == ["127.0.0.1", "localhost"]
    assert (env.https, env.demo_date, env.demo_date_since) == (False, None, None)
    assert env.purge == {}


def test_everything_can_be_chosen():
    env = read(
        DATABASE_URL="postgresql://jane:pw@db:5433/society",
        CACHE_URL="redis://cache:6379/1",
        EMAIL_URL="smtp+tls://post:pw@mail.example.org:587",
        STORAGE_URL="file:///srv/media",
        HOSTS="www.example.org, example.org",
        HTTPS="1",
        PURGE_URL="varnish://cache:6081",
        DEMO_DATE="2025-02-14",
        DEMO_DATE_SINCE="2026-01-02T03:04:05+01:00",
    )
    assert (env.database["HOST"], env.database["PORT"], env.database["NAME"]) == ("db", 5433, "society")
    assert env.cache["BACKEND"] == "collegium.config.caches.Redis"
    assert (env.email["EMAIL_HOST"], env.email["EMAIL_USE_TLS"]) == ("mail.example.org", True)
    assert env.storage == Path("/srv/media")
    assert env.hosts == ["www.example.org", "example.org"]
    assert env.https is True
    assert env.purge["LOCATION"] == "http://cache:6081"
    assert env.demo_date == date(2025, 2, 14)
    assert env.demo_date_since == datetime(2026, 1, 2, 2, 4, 5, tzinfo=UTC)


def test_as_of_now_is_the_real_clock():
    assert read(DEMO_DATE="now").demo_date is None


@pytest.mark.parametrize(
    ("name", "value"),
    (
        ("SECRET_KEY", "short"),
        ("DATABASE_URL", "mysql://db/society"),
        ("DATABASE_URL", "sqlite:"),
        ("DATABASE_URL", "postgresql://db:port/society"),
        ("DATABASE_URL", "postgresql://db:5432/"),
        ("CACHE_URL", "memcached://cache"),
        ("CACHE_URL", "redis://cache:port/1"),
        ("EMAIL_URL", "pigeon://roof"),
        ("EMAIL_URL", "smtp://mail:port"),
        ("STORAGE_URL", "file://relative"),
        ("STORAGE_URL", "s3://"),
        ("STORAGE_URL", "s3://key@bucket"),
        ("STORAGE_URL", "s3://bucket?endpoint=store.example"),
        ("STORAGE_URL", "s3://bucket?colour=red"),
        ("HOSTS", " , "),
        ("PURGE_URL", "varnish://"),
        ("PURGE_URL", "varnish://cache:port"),
        ("PURGE_URL", "squid://cache"),
        ("PURGE_URL", "cloudflare://zone"),
        ("DEMO_DATE", "last spring"),
        ("DEMO_DATE_SINCE", "noon"),
    ),
)
def test_what_cannot_be_read_is_named(name, value):
    (problem,) = problems(**(KEY | {name: value}))
    assert problem.startswith(name)


def test_all_faults_are_told_at_once():
    found = problems(
        DATABASE_URL="x", CACHE_URL="y", EMAIL_URL="z", STORAGE_URL="s", HOSTS=",", DEMO_DATE="?"
    )
    assert len(found) == 7  # and the key


def test_no_password_is_printed():
    (problem,) = problems(**KEY, DATABASE_URL="mysql://jane:hunter2@db/society")
    assert "hunter2" not in problem
    assert shown("smtp://post:hunter2@mail:25") == "smtp://post:…@mail:25"


def test_a_bucket_can_be_chosen():
    assert read(STORAGE_URL="s3://society-uploads").storage == Bucket("society-uploads")
    told = "s3://KEY:a%2Fb%2Bc@Uploads/site/one?endpoint=https://store.example:9000&region=eu-west-3"
    bucket = read(STORAGE_URL=told).storage
    assert bucket == Bucket(
        "Uploads", "site/one", "https://store.example:9000", "eu-west-3", key="KEY", secret="a/b+c"
    )
    assert "a/b+c" not in repr(bucket) + str(bucket)


def test_a_secret_that_should_have_been_encoded_is_not_printed():
    (problem,) = problems(**KEY, STORAGE_URL="s3://KEY:hunter2/x@y@bucket")
    assert "hunter2" not in problem
    assert "KEY:…@bucket" in problem
    assert "%2F" in problem


def test_missing_packages_are_named(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "storages" else object())
    (problem,) = problems(**KEY, STORAGE_URL="s3://bucket")
    assert "tools/setup.py s3" in problem
    assert "collegium[s3]" in problem
