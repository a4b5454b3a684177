"""A developer's own machine: errors are shown, static files are read where they stand."""

from .base import *  # noqa: F403

DEBUG = True
STORAGES = {
    "default": UPLOADS,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
