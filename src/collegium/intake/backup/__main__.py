"""`python -m collegium.intake.backup FILE`: restore where the environment says, and judge it."""

import os
import sys
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collegium.config.settings.base")
    django.setup()

    from collegium.intake.backup import actions
    from collegium.intake.backup.errors import BackupRefused

    try:
        actions.restore(Path(sys.argv[1]))
    except BackupRefused as refusal:
        raise SystemExit(str(refusal)) from None
    if problems := actions.problems():
        raise SystemExit("; ".join(problems[:10]))
