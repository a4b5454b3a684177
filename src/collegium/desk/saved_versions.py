"""Versions of what has no drafts: settings, menus, topics. Each save is kept in the audit record."""

from collections.abc import Iterator
from typing import Any, cast

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.auth import require_admin_access
from wagtail.admin.widgets.button import Button
from wagtail.contrib.settings.views import EditView as SettingEditView
from wagtail.log_actions import log
from wagtail.models import RevisionMixin
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import EditView

from collegium.audit import actions as audit
from collegium.audit.models import Entry
from collegium.pages import stored_state
from collegium.people.models import Account

VERB = "version.saved"
SHOWN = 50  #: versions on the screen


def record(instance: models.Model, *, by: Account | None) -> None:
    """Keep the stored state of `instance`, unless it is the newest version already."""
    fields = stored_state.read(instance)
    newest = versions_of(instance).first()
    if newest is None or newest.facts["fields"] != fields:
        audit.record(VERB, subject=instance, by=by, facts={"fields": fields})


def versions_of(instance: models.Model) -> models.QuerySet[Entry]:
    return Entry.objects.about(instance).filter(verb=VERB).order_by("-pk")


@transaction.atomic
def restore(entry: Entry, instance: models.Model, *, by: Account) -> None:
    """Write the version `entry` back, as a new version. Raises ValidationError if it no longer fits."""
    stored_state.apply(entry.facts["fields"], instance)
    instance.full_clean()
    instance.save()
    log(instance, "wagtail.edit", user=by)
    record(instance, by=by)


# --- where they are kept


@hooks.register("before_edit_setting")
@hooks.register("before_edit_snippet")
def keep_version_before(request: HttpRequest, instance: models.Model) -> None:
    """What a pack or an earlier release wrote becomes the first version."""
    if request.method == "POST" and not isinstance(instance, RevisionMixin):
        record(instance, by=None)


@hooks.register("after_edit_setting")
@hooks.register("after_edit_snippet")
@hooks.register("after_create_snippet")
def keep_version_after(request: HttpRequest, instance: models.Model) -> None:
    if not isinstance(instance, RevisionMixin):
        record(instance, by=cast(Account, request.user))


# --- the screen


def versions_button(instance: models.Model) -> Button:
    """The button to the earlier versions, for the header of an edit form."""
    return Button(_("Earlier versions"), url=_url(instance), icon_name="history", priority=30)


class VersionedEdit(EditView):
    """Wagtail's edit view of a snippet without drafts."""

    @property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, versions_button(self.object)]


def install() -> None:
    """Add the button to the edit forms of settings, whose view Wagtail lets nobody choose."""
    SettingEditView.header_more_buttons = property(lambda view: [versions_button(view.object)])


@require_admin_access
def saved_versions(request: HttpRequest, app_label: str, model_name: str, pk: int) -> HttpResponse:
    """The versions of one setting, menu or topic, the newest first."""
    instance = _instance(request, app_label, model_name, pk)
    title = _("Earlier versions")
    edit_url = AdminURLFinder(request.user).get_edit_url(instance)
    breadcrumbs = [{"url": edit_url, "label": capfirst(str(instance))}, {"url": "", "label": title}]
    context = {"versions": list(_rows(instance)), "breadcrumbs_items": breadcrumbs, "header_title": title}
    return render(request, "desk/saved_versions.html", context | {"instance": instance, "url": edit_url})


@require_admin_access
@require_POST
def restore_version(
    request: HttpRequest, app_label: str, model_name: str, pk: int, version: int
) -> HttpResponse:
    instance = _instance(request, app_label, model_name, pk)
    entry = get_object_or_404(versions_of(instance), pk=version)
    try:
        restore(entry, instance, by=cast(Account, request.user))
    except ValidationError as refusal:
        reasons = " ".join(refusal.messages)
        messages.error(request, _("This version cannot be restored: %(reasons)s") % {"reasons": reasons})
    else:
        messages.success(request, _("The version is restored. The one before it is kept too."))
    return redirect(_url(instance))


def _instance(request: HttpRequest, app_label: str, model_name: str, pk: int) -> models.Model:
    try:
        model = apps.get_model(app_label, model_name)
        policy = policy_registry.get_by_type(model)
    except LookupError:
        raise Http404 from None
    instance: models.Model = get_object_or_404(model, pk=pk)
    if policy is None or not policy.user_has_permission_for_instance(request.user, "change", instance):
        raise PermissionDenied
    return instance


def _rows(instance: models.Model) -> Iterator[dict[str, Any]]:
    """Each version with the labels of the fields in which it differs from the one before it."""
    entries = list(versions_of(instance)[: SHOWN + 1])
    for index, entry in enumerate(entries[:SHOWN]):
        older = entries[index + 1] if index + 1 < len(entries) else None
        yield {"entry": entry, "is_newest": not index, "changed": _changed(instance, entry, older)}


def _changed(instance: models.Model, entry: Entry, older: Entry | None) -> list[str]:
    if older is None:
        return []
    new, old = entry.facts["fields"], older.facts["fields"]
    fields = [*instance._meta.concrete_fields, *instance._meta.many_to_many]
    return [capfirst(str(f.verbose_name)) for f in fields if new.get(f.name) != old.get(f.name)]


def _url(instance: models.Model) -> str:
    meta = instance._meta
    return reverse("desk:saved_versions", args=[meta.app_label, meta.model_name, instance.pk])
