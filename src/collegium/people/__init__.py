"""People: each person once, with her names, addresses, affiliations and consents; organisations; accounts.

Owns `Person`, `Organisation`, `Account` and what hangs on them. All its tables are private: readers see of a
person what a record of another room says of her. Announces nothing yet.
"""
