"""What the office does to records by a verb: call an event off, decide on a failed job."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import Button

from collegium.desk.doing import DoingView
from collegium.events import actions as events
from collegium.events.models import Event
from collegium.people.models import Account
from collegium.work import actions as work
from collegium.work.models import FailedJob


class CallingOffForm(forms.Form):
    status = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=[(s.value, s.label) for s in (Event.Status.POSTPONED, Event.Status.CANCELLED)],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("What readers are told beside it"),
        help_text=gettext_lazy("Why, and what becomes of tickets. May be left out."),
        max_length=200,
        required=False,
        widget=forms.TextInput,
    )


class CallEventOff(DoingView):
    model = Event
    permission = "events.publish_event"
    verb = "event.called_off"
    form_class = CallingOffForm
    page_title = gettext_lazy("Postpone or cancel")
    header_icon = "date"
    button = gettext_lazy("Tell readers and their calendars")
    explanation = gettext_lazy(
        "It is told at once: the event stays in its lists, struck out, and the calendars of those who follow "
        "mark it as cancelled. Other changes of yours that are still a draft stay a draft."
    )

    def act(self, record: Event, *, by: Account, **entered: Any) -> Event:
        return events.call_off(record, status=Event.Status(entered["status"]), note=entered["note"], by=by)

    def said(self, done: Event) -> str:
        said = _("“%(event)s” is now marked “%(status)s”. Readers see it, and calendars have been told.")
        return said % {"event": done.title, "status": done.get_status_display()}


def call_off_button(event: Event, account: Any, *, priority: int = 15) -> Button | None:
    """The way to the screen, where it could do something: for what readers see and is still to come."""
    if not event.live or event.is_past or not account.has_perm(CallEventOff.permission):
        return None
    return Button(
        gettext_lazy("Postpone or cancel"),
        url=reverse("desk:call_event_off", args=[event.pk]),
        icon_name="date",
        priority=priority,
    )


class _FailedJobView(DoingView):
    """A decision on a failed job. The list has its buttons; this screen is seen only if it is refused."""

    model = FailedJob
    permission = "work.change_failedjob"
    header_icon = "warning"

    def back(self) -> str:
        return reverse("desk:failed_jobs")


class RetryJob(_FailedJobView):
    verb = "failed_job.retried"
    page_title = gettext_lazy("Try again")
    button = page_title
    explanation = gettext_lazy("The job is put back in the queue, with all its attempts.")

    def act(self, record: FailedJob, *, by: Account, **entered: Any) -> FailedJob:
        return work.retry(record, by=by)

    def said(self, done: FailedJob) -> str:
        return _("The job will be tried again.")


class DiscardJob(_FailedJobView):
    verb = "failed_job.discarded"
    page_title = gettext_lazy("Discard")
    button = page_title
    explanation = gettext_lazy("The job is discarded and will not be tried again.")

    def act(self, record: FailedJob, *, by: Account, **entered: Any) -> FailedJob:
        return work.discard(record, by=by)

    def said(self, done: FailedJob) -> str:
        return _("The job is discarded.")
