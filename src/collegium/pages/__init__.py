"""Pages: the base of every page, the blocks of their bodies, the menus, and the settings of the site.

It sends no signals.
"""
