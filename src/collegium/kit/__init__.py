"""Kit: what every room builds with and no room owns: clock, zones, dates, pagination, filters, text, packs.

It has no tables and no screens.
"""
