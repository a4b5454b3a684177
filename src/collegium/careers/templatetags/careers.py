"""Jobs on a page."""

from django import template

from collegium.careers import presenters
from collegium.careers.models import Job

register = template.Library()


@register.simple_tag
def job_item(job: Job, base: str = "") -> presenters.ListItem:
    """`job` as lists show it; `base` is the path of the page of all jobs."""
    return presenters.list_item(job, base)


@register.filter
def closed_on(job: Job) -> str:
    """`31 January 2025`: the day on which it closed."""
    return presenters.closed_on(job)
