"""What this room announces."""

from django.dispatch import Signal

#: What readers' calendars say of an event has changed. Facts: `event` (Event), `entry` (CalendarEntry).
calendar_changed = Signal()
