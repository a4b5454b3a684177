"""News with a moment in it: calls, surveys, releases to the press."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from collegium.kit.when_field import DerivedInstantField, WhenField
from collegium.look.status import StatusBadge
from collegium.newsroom import presenters
from collegium.newsroom.models.desk import Newsroom
from collegium.newsroom.models.items import NewsItem


class CallForApplications(NewsItem):
    """A call. Its deadline is said as exactly as it is known, and in its own zone."""

    page_description = _("Asks for applications or abstracts until a deadline.")
    translated_fields = ("eligible", "apply_how")

    deadline = WhenField(_("deadline"), null=True, blank=True, single=True)
    deadline_last = DerivedInstantField(of="deadline", bound="last", db_index=True)
    eligible = models.TextField(_("who may apply"), blank=True)
    apply_link = models.URLField(_("where to apply"), blank=True)
    apply_email = models.EmailField(_("or the address to write to"), blank=True)
    apply_how = models.TextField(_("what to send"), blank=True)

    kind_key = "call-for-applications"
    list_description = _("What can be applied for, by whom, and until when.")
    template = "newsroom/items/call_for_applications.html"
    content_panels = [
        *NewsItem.content_panels[:-1],
        MultiFieldPanel(
            [FieldPanel(name) for name in ("deadline", "eligible", "apply_link", "apply_email", "apply_how")],
            _("Applying"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("call for applications")
        verbose_name_plural = _("calls for applications")

    def clean(self) -> None:
        super().clean()
        if self.deadline and self.date and self.deadline.last_day < self.date:
            raise ValidationError(
                {"deadline": _("The deadline is before the date of the call. Correct one of the two.")}
            )

    def publish_errors(self) -> dict[str, Any]:
        told = (self.apply_link, self.apply_email, self.apply_how, self.body)
        if any(told):
            return super().publish_errors()
        return super().publish_errors() | {
            "apply_link": _("Enter a web or e-mail address, or write below how to apply.")
        }

    def publish_warnings(self) -> list[str]:
        wanted = []
        if not self.deadline:
            wanted.append(_now("Readers are not told until when they may apply."))
        if not (self.apply_link or self.apply_email):
            wanted.append(_now("There is no address at which to apply."))
        return wanted

    @property
    def state(self) -> StatusBadge | None:
        return presenters.closing_badge(self.deadline) if self.deadline else None

    def template_context(self) -> dict[str, Any]:
        rows = [
            (
                _now("Deadline"),
                presenters.when_label(self.deadline) if self.deadline else _now("None is given"),
            ),
            (_now("Who"), self.eligible),
            (_now("Send"), self.apply_how),
        ]
        return {"rows": _shown(rows), "button": self._button()}

    def _button(self) -> dict[str, str] | None:
        """Where to apply; nothing once it is closed."""
        if self.state and self.state.tone == "past":
            return None
        url = self.apply_link or (f"mailto:{self.apply_email}" if self.apply_email else "")
        label = _now("Apply") if self.apply_link else _now("Write to %s") % self.apply_email
        return {"label": label, "url": url} if url else None

    def extra_json_ld(self, address: str) -> dict[str, Any]:
        return {"expires": self.deadline.iso_end()} if self.deadline else {}


class Survey(NewsItem):
    """Questions to readers, asked elsewhere."""

    page_description = _("Asks members for their answers.")
    translated_fields = ("takes", "asked_by")

    closes = WhenField(_("closes"), null=True, blank=True, single=True)
    closes_last = DerivedInstantField(of="closes", bound="last", db_index=True)
    link = models.URLField(_("where to answer"), blank=True)
    takes = models.CharField(_("how long it takes"), max_length=60, blank=True, help_text=_("10 minutes"))
    asked_by = models.CharField(_("who asks"), max_length=200, blank=True)

    kind_key = "survey"
    list_description = _("What is asked of members and readers, and until when.")
    template = "newsroom/items/survey.html"
    content_panels = [
        *NewsItem.content_panels[:-1],
        MultiFieldPanel(
            [FieldPanel(name) for name in ("closes", "link", "takes", "asked_by")], _("Answering")
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")

    def clean(self) -> None:
        super().clean()
        if self.closes and self.date and self.closes.last_day < self.date:
            raise ValidationError(
                {"closes": _("The closing date is before the date of the survey. Correct one of the two.")}
            )

    def publish_errors(self) -> dict[str, Any]:
        if self.link or self.body:
            return super().publish_errors()
        return super().publish_errors() | {
            "link": _("Enter a web or e-mail address, or write below where to answer.")
        }

    def publish_warnings(self) -> list[str]:
        return [] if self.link else [_now("There is no address at which to answer.")]

    @property
    def state(self) -> StatusBadge | None:
        return presenters.closing_badge(self.closes) if self.closes else None

    def template_context(self) -> dict[str, Any]:
        closed = self.state is not None and self.state.tone == "past"
        rows = [
            (_now("Closes"), presenters.when_label(self.closes) if self.closes else _now("No date given")),
            (_now("Takes"), self.takes),
            (_now("Asked by"), self.asked_by),
        ]
        button = {"label": _now("Answer the survey"), "url": self.link} if self.link and not closed else None
        return {"rows": _shown(rows), "button": button}

    def extra_json_ld(self, address: str) -> dict[str, Any]:
        return {"expires": self.closes.iso_end()} if self.closes else {}


class PressRelease(NewsItem):
    """A release to the press, which may have it before anybody else reads it here."""

    page_description = _("For journalists: it may have an embargo, and names a contact.")
    translated_fields = ("contact_role", "boilerplate")

    contact_name = models.CharField(_("name"), max_length=120, blank=True)
    contact_role = models.CharField(_("role"), max_length=160, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    boilerplate = models.TextField(
        _("about the society"),
        blank=True,
        help_text=_("Leave empty to use the usual text of the newsroom."),
    )

    kind_key = "press-release"
    list_description = _("For newspapers and broadcasters, with somebody to call.")
    template = "newsroom/items/press_release.html"
    content_panels = [
        *NewsItem.content_panels[:-1],
        FieldPanel("embargo"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel(f"contact_{name}") for name in ("name", "role", "phone", "email")],
            _("Contact for the press"),
            help_text=_("Leave empty to use the newsroom's contact."),
        ),
        FieldPanel("boilerplate"),
    ]

    class Meta:
        verbose_name = _("press release")
        verbose_name_plural = _("press releases")

    def clean(self) -> None:
        super().clean()
        if self.contact_name and not (self.contact_phone or self.contact_email):
            raise ValidationError({"contact_name": _("Enter an e-mail address or a telephone number.")})

    def template_context(self) -> dict[str, Any]:
        newsroom = Newsroom.load()
        own = any((self.contact_name, self.contact_role, self.contact_phone, self.contact_email))
        source, prefix = (self, "contact_") if own else (newsroom, "press_")
        contact = {name: getattr(source, f"{prefix}{name}") for name in ("name", "role", "phone", "email")}
        return {
            "contact": contact if any(contact.values()) else None,
            "boilerplate": self.boilerplate or newsroom.boilerplate,
            "release_line": self.release_line,
        }

    @property
    def release_line(self) -> str:
        """`For immediate release`, or until when nobody may print it, or since when everybody may."""
        if self.embargo is None:
            return _now("For immediate release")
        said = {"moment": presenters.when_label(self.embargo)}
        if self.is_embargoed:
            return _now("Under embargo until %(moment)s") % said
        return _now("For release since %(moment)s") % said


def _shown(rows: list[tuple[str, str]]) -> list[dict[str, str]]:
    """Label and value of the rows that have one."""
    return [{"label": label, "value": value} for label, value in rows if value]
