"""What makes the whole house move by itself: every change is noticed, whichever process makes it."""

from collegium.config import integrity, invalidation, statistics
from collegium.work import schedule

invalidation.begin()

schedule.daily("config.count_rows", statistics.count_rows, at="03:35")
schedule.daily("config.look_for_damage", integrity.look_for_damage, at="03:40")
