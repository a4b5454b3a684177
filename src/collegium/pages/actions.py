"""What the clock does to what authors have scheduled."""

from django.core.management import call_command
from django_tasks import task


@task()
def publish_scheduled() -> None:
    """Publish and take down all that authors have scheduled for now. Safe to run twice."""
    call_command("publish_scheduled")
