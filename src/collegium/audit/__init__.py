"""Who did what, and when: a record that can only grow.

Owns the noun `Entry`. Other rooms write with `audit.actions.record`; nothing rewrites. Actors and subjects
are named by text, so an entry outlives the thing that it is about. Announces nothing.
"""
