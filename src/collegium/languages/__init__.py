"""Languages: which languages the site is published in, and the translations of its pages and records.

Owns the status of each translation and the report of coverage. Announces nothing.
"""
