"""What makes the whole house move by itself: every change is noticed, whichever process makes it."""

from collegium.config import invalidation, statistics
from collegium.work import schedule

invalidation.begin()

schedule.daily("config.count_rows", statistics.count_rows, at="03:35")
