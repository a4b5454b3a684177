"""Events: meetings, symposia and webinars, and the calendar that they make.

Owns events, their kinds and topics, the recordings that remain of them, and each event's entry in
readers' calendars.
"""
