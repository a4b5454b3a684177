"""What makes the room move by itself."""

from collegium.work import actions, schedule

schedule.daily("work.clean_up", actions.clean_up, at="02:40")
