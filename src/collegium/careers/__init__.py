"""Careers: jobs that the office publishes, until the moment when they close.

Owns jobs. Announces nothing.
"""
