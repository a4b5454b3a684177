"""What the library keeps, a module for works and one for journals."""

from collegium.library.models.journals import Article, Issue, IssueQuerySet, Journal
from collegium.library.models.resources import Audience, Resource, ResourceQuerySet, Topic

__all__ = [
    "Article",
    "Audience",
    "Issue",
    "IssueQuerySet",
    "Journal",
    "Resource",
    "ResourceQuerySet",
    "Topic",
]
