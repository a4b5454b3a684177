"""Publishing: what every published record shares: drafts, schedule, approval, owner, review date, languages.

Owns no tables: `PublishedRecord` is the base of the records that other rooms keep.
"""
