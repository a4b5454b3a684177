"""Letters to e-mail addresses: an outbox that the worker empties, so that no request waits for a mail server.

Knows addresses, not persons. Owns the noun `Letter`. Announces nothing.
"""
