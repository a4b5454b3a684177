"""Jobs on a page."""

from django import template

from collegium.careers import cards
from collegium.careers.models import Job

register = template.Library()


@register.simple_tag
def job_card(job: Job, base: str = "") -> cards.Card:
    """`job` as lists show it; `base` is the path of the page of all jobs."""
    return cards.card(job, base)


@register.filter
def closed_on(job: Job) -> str:
    """`31 January 2025`: the day on which it closed."""
    return cards.closed_on(job)
