"""Governance: the bodies of the society and the terms of those who serve on them.

Owns bodies and terms. Who serves on a day is a question that it answers, never a list that somebody keeps.
Announces nothing.
"""
