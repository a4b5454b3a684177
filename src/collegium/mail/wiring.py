"""The worker sends what is due each minute, besides at once, and forgets old letters."""

from collegium.mail import actions, queries
from collegium.work import schedule

schedule.every("mail.send_due", actions.send_due, minutes=1, needed=queries.is_due)
schedule.daily("mail.forget_old", actions.forget_old, at="02:50")
