"""What makes this room move by itself."""

from django.conf import settings

from collegium.intake.backup.actions import scheduled_backup
from collegium.intake.block_validation import value_of
from collegium.kit import markdown_blocks
from collegium.work import schedule

markdown_blocks.set_reader(value_of)

if settings.BACKUP_DIR:
    schedule.daily("intake.scheduled_backup", scheduled_backup, at="01:15")
