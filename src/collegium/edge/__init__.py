"""The edge: a page cache in front of Django, in a process that imports none of it.

Owns the content version (a number that every change to what is public raises), the store of public responses,
and the only connection to Django's workers. It announces nothing.
"""
