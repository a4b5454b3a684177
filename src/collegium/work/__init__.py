"""Work for later: a row in the caller's transaction that some worker carries out, at least once.

Tasks are declared with `django_tasks.task` where they stand; their bodies must be safe to run twice.
Owns the nouns `Worker`, `Attempt`, `FailedJob` and `ScheduledRun`. Announces nothing.
"""
