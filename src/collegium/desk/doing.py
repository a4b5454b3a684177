"""One screen for every verb of a room: it asks what the verb needs, runs it, and tells what came of it."""

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


class DoingView(WagtailAdminTemplateMixin, FormView):
    """Runs one action of a room on one record, for whoever holds `permission`.

    A refusal is told above the form, which keeps all that was typed. What was done stands in the audit
    record, in the same transaction, as `verb`; the facts there are what was entered.
    """

    model: type[models.Model]
    permission: str
    verb: str  #: "event.called_off": what the audit record calls it
    form_class: type[forms.Form] = forms.Form
    button = _("Do it")
    explanation: Any = ""
    template_name = "desk/doing.html"

    def act(self, record: Any, *, by: Account, **entered: Any) -> models.Model:
        """Run the action with what was entered, and give the record as it then is, or raise a Refusal."""
        raise NotImplementedError

    def said(self, done: Any) -> str:
        """What happened, for the message."""
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
                done = self.act(self.record, by=officer, **form.cleaned_data)
                facts = {name: str(value) for name, value in form.cleaned_data.items() if value}
                audit.record(self.verb, subject=done, by=officer, facts=facts)
        except Refusal as refusal:
            form.add_error(None, forms.ValidationError(str(refusal), code=refusal.code))
            return self.form_invalid(form)
        messages.success(self.request, self.said(done))
        return redirect(self.back())

    def back(self) -> str:
        """Where the officer goes afterwards, and instead: the record's own form, else the desk."""
        form = AdminURLFinder(self.request.user).get_edit_url(self.record)
        return str(form or reverse("wagtailadmin_home"))

    def get_page_subtitle(self) -> str:
        return str(self.record)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        record = {"url": self.back(), "label": str(self.record)}
        return [*self.breadcrumbs_items, record, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "back": self.back(),
            "button": self.button,
            "explanation": self.explanation,
            "record": self.record,
        }
