"""Society: the society's own record: its name, how it is reached, time zone, currency and financial year.

Owns `Society`, of which there is one. Its brand, menus and other names belong to `pages`.
"""
