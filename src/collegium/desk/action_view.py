"""A form view that runs one action of a room on one record."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from collegium.audit import actions as audit
from collegium.kit.errors import Refusal
from collegium.people.models import Account


class ActionView(WagtailAdminTemplateMixin, FormView):
    """Run one action on one record. The account needs `permission`.

    A Refusal is shown above the form, which keeps the input. The action is recorded in the audit record as
    `verb`, with the input as facts, in the same transaction.
    """

    model: type[models.Model]
    permission: str
    verb: str  #: "event.called_off": what the audit record calls it
    form_class: type[forms.Form] = forms.Form
    button = _("Continue")
    explanation: Any = ""
    template_name = "desk/action.html"

    def run(self, record: Any, *, by: Account, **entered: Any) -> models.Model:
        """Run the action with the cleaned data. Return the changed record, or raise a Refusal."""
        raise NotImplementedError

    def success_message(self, record: Any) -> str:
        """Say what happened to `record`."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def record(self) -> models.Model:
        return get_object_or_404(self.model, pk=self.kwargs["pk"])

    def form_valid(self, form: forms.Form) -> HttpResponse:
        officer = cast(Account, self.request.user)
        try:
            with transaction.atomic():
                changed = self.run(self.record, by=officer, **form.cleaned_data)
                facts = {name: str(value) for name, value in form.cleaned_data.items() if value}
                audit.record(self.verb, subject=changed, by=officer, facts=facts)
        except Refusal as refusal:
            form.add_error(None, forms.ValidationError(str(refusal), code=refusal.code))
            return self.form_invalid(form)
        messages.success(self.request, self.success_message(changed))
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        """The record's edit form, or the desk's home. The Back button leads there too."""
        edit_url = AdminURLFinder(self.request.user).get_edit_url(self.record)
        return str(edit_url or reverse("wagtailadmin_home"))

    def get_page_subtitle(self) -> str:
        return str(self.record)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        record = {"url": self.get_success_url(), "label": str(self.record)}
        return [*self.breadcrumbs_items, record, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "back": self.get_success_url(),
            "button": self.button,
            "explanation": self.explanation,
            "record": self.record,
        }
