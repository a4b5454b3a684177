"""The smallest house in which a worker can work: worker processes in tests start with it, in half a second.

The database is the one of DATABASE_URL, which the test hands to the process.
"""

from collegium.config.settings.base import *  # noqa: F403

INSTALLED_APPS = ["collegium.work", "django_tasks", "django_tasks_db"]
