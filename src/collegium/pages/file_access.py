"""Who may open an uploaded document or picture: it is as public as the pages and records that show it.

Wagtail's reference index says which page or record shows a file, in the version that readers see.
"""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from wagtail.contrib.settings.models import AbstractSetting
from wagtail.models import DraftStateMixin, Page, ReferenceIndex
from wagtail.snippets.models import get_snippet_models

from collegium.kit.public_figures import public_figure
from collegium.pages.visibility import released


def may_open(file: models.Model, request: HttpRequest) -> bool:
    """Whether this client may get `file`: readers if something public shows it, the office always."""
    return is_shown(file, request) or _is_of_the_office(request)


def is_shown(file: models.Model, request: HttpRequest) -> bool:
    """Whether a page or record that this reader may see shows `file` now."""
    return any(_is_visible(model, keys, request) for model, keys in _sources(file).items())


def is_used(file: models.Model) -> bool:
    """Whether any page or record refers to `file`."""
    return bool(_sources(file))


@transaction.atomic
def index_now(instance: models.Model) -> None:
    """Write down at once which files `instance` shows. By itself, Wagtail leaves it to the worker."""
    if ReferenceIndex.is_indexed(type(instance)):
        ReferenceIndex.create_or_update_for_object(instance)


def _sources(file: models.Model) -> dict[type[models.Model], set[str]]:
    # Publishing writes the index and raises the content version in one transaction.
    with public_figure(ReferenceIndex._meta.db_table):
        references = ReferenceIndex.get_references_to(file)
        pairs = list(references.values_list("content_type_id", "object_id").distinct())
    sources: dict[type[models.Model], set[str]] = {}
    for content_type, key in pairs:
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is not None:
            sources.setdefault(model, set()).add(key)
    return sources


def _is_visible(model: type[models.Model], keys: set[str], request: HttpRequest) -> bool:
    if issubclass(model, Page):
        pages = released(model._default_manager.filter(_unexpired(), pk__in=keys))
        return any(_admits(page, request) for page in pages)
    if issubclass(model, DraftStateMixin):
        return model._default_manager.filter(_unexpired(), pk__in=keys, live=True).exists()
    # What has no drafts is public as soon as it is saved: menus, settings, topics.
    return issubclass(model, AbstractSetting) or model in get_snippet_models()


def _unexpired() -> Q:
    return Q(expire_at=None) | Q(expire_at__gt=timezone.now())


def _admits(page: Page, request: HttpRequest) -> bool:
    return all(restriction.accept_request(request) for restriction in page.get_view_restrictions())


def _is_of_the_office(request: HttpRequest) -> bool:
    # Without a session cookie the user is not asked for, so that the answer stays the same for all readers.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return bool(request.user.has_perm("wagtailadmin.access_admin"))
