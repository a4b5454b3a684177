"""What the daily round does to jobs."""

from django_tasks import task

from collegium.careers.models import Job
from collegium.kit import when_field


@task()
def recompute_moments() -> int:
    """Bring the closing moments of all jobs up to the machine's zone data; how many had moved."""
    return when_field.recompute(Job)
