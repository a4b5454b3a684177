"""What the newsroom does."""

from django_tasks import task

from collegium.kit import when_field
from collegium.newsroom.models import CallForApplications, NewsItem, PolicyItem, Survey


@task()
def recompute_moments() -> int:
    """Bring the derived moments of all news up to the machine's zone data; how many had moved."""
    return sum(when_field.recompute(model) for model in (NewsItem, CallForApplications, Survey, PolicyItem))
