"""Desk: the screens of the office, inside the Wagtail admin. It registers what rooms keep, and shows it in
the office's words. Owns no table, announces nothing."""
