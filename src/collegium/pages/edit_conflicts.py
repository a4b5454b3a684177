"""No edit form overwrites silently what somebody else has saved since it was opened."""

import hashlib
import json
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.log_actions import registry
from wagtail.models import RevisionMixin

from collegium.pages import stored_state

CODE = "edit_conflict"
FIELD = "loaded_version"
#: Before the version in a form that was refused: only a person may replace that version, no autosave.
_REFUSED = "refused:"


def version_of(instance: models.Model, *, lock: bool = False) -> str:
    """What identifies the stored version of `instance`; "" if it is not stored.

    With `lock`, nobody else can save it until the transaction ends.
    """
    rows = type(instance)._default_manager.filter(pk=instance.pk)
    if lock and connection.in_atomic_block:
        rows = rows.select_for_update(of=("self",))
    row = rows.first() if instance.pk else None
    if row is None:
        return ""
    if isinstance(row, RevisionMixin) and row.latest_revision_id:
        # Autosave overwrites a revision: the key stays, the moment does not.
        return f"{row.latest_revision_id}:{row.latest_revision.created_at.isoformat()}"
    state = json.dumps(stored_state.read(row), sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(state.encode()).hexdigest()


class _VersionField(forms.CharField):
    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class EditConflictMixin:
    """A form that refuses to save once if the stored version is not the one that was opened."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[FIELD] = _VersionField(required=False)  # type: ignore[attr-defined]
        self.initial[FIELD] = version_of(self.instance)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data  # type: ignore[misc,attr-defined]
        loaded = cleaned.pop(FIELD, "").removeprefix(_REFUSED)
        stored = version_of(self.instance, lock=True) if loaded else ""  # type: ignore[attr-defined]
        if loaded != stored:
            self._refuse(stored)
        return cleaned

    def _refuse(self, stored: str) -> None:
        # The form that is shown again carries the stored version: saving once more replaces it.
        self.data = self.data.copy()  # type: ignore[has-type]
        self.data[self.add_prefix(FIELD)] = f"{_REFUSED}{stored}"  # type: ignore[attr-defined]
        error = forms.ValidationError(_sentence(self.instance), code=CODE)  # type: ignore[attr-defined]
        self.add_error(None, error)  # type: ignore[attr-defined]

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """Tell a form that stays open after an autosave which version it has now."""
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()  # type: ignore[misc]
        version = version_of(self.instance)  # type: ignore[attr-defined]
        return [*updates, (self.add_prefix(FIELD), version)]  # type: ignore[attr-defined]


class EditForm(EditConflictMixin, WagtailAdminModelForm):
    """Wagtail's form, with the check."""


def refuse_autosave(request: HttpRequest, instance: models.Model) -> HttpResponse | None:
    """Wagtail's answer to an autosave that conflicts, while nobody has decided about a conflict."""
    if request.accepts("text/html") or not request.POST.get(FIELD, "").startswith(_REFUSED):
        return None
    error = {"error_code": "invalid_revision", "error_message": _("Saving will overwrite a newer version.")}
    return JsonResponse({"success": False, **error}, status=400)


def _sentence(instance: models.Model) -> str:
    entry = registry.get_logs_for_instance(instance).order_by("-timestamp").first()
    facts = {"who": _("Somebody"), "when": _("meanwhile")}
    if entry is not None:
        facts["who"] = str(entry.user or facts["who"])
        facts["when"] = date_format(timezone.localtime(entry.timestamp), "j F Y, H:i")
    message = _(
        "%(who)s saved another version (%(when)s) after you opened this form. Your changes are not saved; "
        "they are still below. To compare, open the page in a new tab. "
        "To replace the other version by yours, save again."
    )
    return message % facts
