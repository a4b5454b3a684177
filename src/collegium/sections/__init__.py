"""Sections: the pages that list the records of other rooms and show each of them, with their feeds.

Owns the section pages, a folder for each, and the templates of records. Announces nothing.
"""
