"""Kit: what every room builds with and no room owns. The clock and time zones, times of honest
precision, the words for them, pack parts. No tables, no screens."""
