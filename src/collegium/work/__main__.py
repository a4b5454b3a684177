"""`python -m collegium.work`: one worker, in the foreground, until SIGTERM or SIGINT."""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collegium.config.settings.base")
    django.setup()

    from collegium.work import worker

    worker.run()
