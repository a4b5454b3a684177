"""Events: meetings, symposia and webinars, and the calendar that they make.

Owns events, their kinds and topics, and each event's entry in readers' calendars. Announces
`calendar_changed`.
"""
