"""Action views: call off an event, decide on a failed job."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import Button

from collegium.desk.action_view import ActionView
from collegium.events import actions as events
from collegium.events.models import Event
from collegium.people.models import Account
from collegium.work import actions as work
from collegium.work.models import FailedJob


class CallingOffForm(forms.Form):
    status = forms.ChoiceField(
        label=gettext_lazy("New status"),
        choices=[(s.value, s.label) for s in (Event.Status.POSTPONED, Event.Status.CANCELLED)],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("Note for readers"),
        help_text=gettext_lazy("For example the reason, and what happens to tickets. Optional."),
        max_length=200,
        required=False,
        widget=forms.TextInput,
    )


class CallEventOff(ActionView):
    model = Event
    permission = "events.publish_event"
    verb = "event.called_off"
    form_class = CallingOffForm
    page_title = gettext_lazy("Postpone or cancel")
    header_icon = "date"
    button = gettext_lazy("Publish the change")
    explanation = gettext_lazy(
        "The change is published at once. The event stays in its lists, struck out, and subscribed calendars "
        "mark it as cancelled. Other changes that are still a draft stay a draft."
    )

    def run(self, record: Event, *, by: Account, **entered: Any) -> Event:
        return events.call_off(record, status=Event.Status(entered["status"]), note=entered["note"], by=by)

    def success_message(self, record: Event) -> str:
        message = _("“%(event)s” is now marked “%(status)s”. The website and the calendar feeds show it.")
        return message % {"event": record.title, "status": record.get_status_display()}


def call_off_button(event: Event, account: Any, *, priority: int = 15) -> Button | None:
    """The button to CallEventOff, for a live event that is not over."""
    if not event.live or event.is_past or not account.has_perm(CallEventOff.permission):
        return None
    return Button(
        gettext_lazy("Postpone or cancel"),
        url=reverse("desk:call_event_off", args=[event.pk]),
        icon_name="date",
        priority=priority,
    )


class _FailedJobView(ActionView):
    """A decision on a failed job. The list holds the buttons; this screen appears only after a Refusal."""

    model = FailedJob
    permission = "work.change_failedjob"
    header_icon = "warning"

    def get_success_url(self) -> str:
        return reverse("desk:failed_jobs")


class RetryJob(_FailedJobView):
    verb = "failed_job.retried"
    page_title = gettext_lazy("Retry job")
    button = page_title
    explanation = gettext_lazy("The job goes back into the queue, with all its attempts.")

    def run(self, record: FailedJob, *, by: Account, **entered: Any) -> FailedJob:
        return work.retry(record, by=by)

    def success_message(self, record: FailedJob) -> str:
        return _("The job will be tried again.")


class DiscardJob(_FailedJobView):
    verb = "failed_job.discarded"
    page_title = gettext_lazy("Discard job")
    button = page_title
    explanation = gettext_lazy("The job is discarded and will not be tried again.")

    def run(self, record: FailedJob, *, by: Account, **entered: Any) -> FailedJob:
        return work.discard(record, by=by)

    def success_message(self, record: FailedJob) -> str:
        return _("The job is discarded.")
