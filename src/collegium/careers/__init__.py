"""Careers: jobs that the office publishes, until the moment when they close. Announces nothing."""
