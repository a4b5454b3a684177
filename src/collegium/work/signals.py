"""What the room announces. Receivers run in the transaction of the cause."""

from django.dispatch import Signal

task_died = Signal()
"""A task has used up its attempts. Facts: `letter` (DeadLetter)."""

letter_revived = Signal()
"""A dead letter's task is back in the queue. Facts: `letter` (DeadLetter), `by` (a model, or None)."""

letter_buried = Signal()
"""A dead letter was given up. Facts: `letter` (DeadLetter), `by` (a model, or None)."""
