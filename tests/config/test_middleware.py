"""The Content-Security-Policy of each part of the site, and the cookies over HTTPS."""

import os
import subprocess
import sys

import pytest


def policy(answer):
    lines = answer.headers["Content-Security-Policy"].split("; ")
    return dict(line.split(" ", 1) for line in lines)


@pytest.mark.parametrize("path", ("/admin/login/", "/admin/password_reset/"))
def test_screens_for_who_is_not_signed_in_allow_nothing_inline(client, db, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert policy(answer)["script-src"] == policy(answer)["style-src"] == "'self'"


def test_the_desk_evaluates_no_text_as_a_script(client, office):
    client.force_login(office)
    sources = policy(client.get("/admin/"))
    assert "'unsafe-eval'" not in sources["script-src"]
    assert sources["default-src"] == "'none'"


NAMES = """
from django.conf import settings
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_PATH)
"""


@pytest.mark.parametrize(
    ("https", "names"),
    (("1", "__Host-sessionid __Host-csrftoken True /"), ("", "sessionid csrftoken False /")),
)
def test_over_https_cookies_belong_to_this_host_alone(tmp_path, https, names):
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "collegium.config.settings.base",
        "SECRET_KEY": "k" * 50,
        "COLLEGIUM_VAR": str(tmp_path),
        "HTTPS": https,
    }
    answer = subprocess.run([sys.executable, "-c", NAMES], env=env, capture_output=True, text=True)
    assert answer.stdout.strip() == names, answer.stderr
