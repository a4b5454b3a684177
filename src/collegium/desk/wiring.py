"""What makes the desk move by itself."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from collegium.desk import actions, todo_sources
from collegium.kit import todo
from collegium.people.models import Account

todo.register("desk.reviews", todo_sources.overdue_reviews)
todo.register("desk.drafts", todo_sources.forgotten_drafts)


@receiver(post_migrate)
def on_migrated(sender: AppConfig, **_: Any) -> None:
    # The signal comes for one application after the other as settings list them: by now each of our rooms
    # has its permissions, and Wagtail has added those to publish.
    if sender.label == "wagtailcore":
        actions.grant_first_permissions()


@receiver(user_logged_in)
def on_signed_in(sender: type[Account], user: Account, **_: Any) -> None:
    actions.set_office_time_zone(user)
