"""Library: published works that others build on, and the journals' issues with their contents.

Owns works (resources), their topics and readers, journals, issues and articles. Announces nothing.
"""
