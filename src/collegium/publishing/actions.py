"""What the daily round does to published content."""

from django.apps import apps
from django_tasks import task

from collegium.kit import when_field


@task()
def recompute_derived_fields() -> int:
    """Recompute every derived instant from the machine's zone data. Return how many records changed."""
    return sum(when_field.recompute(model) for model in apps.get_models() if when_field.derived_fields(model))
