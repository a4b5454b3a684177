"""The tests: as production, but quick, with nothing kept and nothing sent."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests-" * 4)
os.environ.setdefault("COLLEGIUM_VAR", tempfile.mkdtemp(prefix="collegium-test-"))
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

from collegium.look.catalogues import compile_catalogues

from .base import *  # noqa: F403

# Before anything asks for a word: Django keeps what it found of a language when it was first asked.
compile_catalogues(LOCALE_PATHS[0])  # noqa: F405

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
RAISE_ON_PRIVATE_READ = True
STATICFILES_DIRS = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
