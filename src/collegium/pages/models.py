"""The society's own record, its menus, and the base of every page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import StructValue
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page, TranslatableMixin

from collegium.kit import jsonld, zones
from collegium.pages.blocks import ColumnBlock, HeaderBlock, LinkBlock, SocialBlock
from collegium.people.models import Reviewed


def check_zone(text: str) -> None:
    """Refuse what is no time zone, and propose the one that was perhaps meant."""
    try:
        zones.tz(text)
    except zones.UnknownZone as fault:
        raise ValidationError(str(fault), code="unknown_zone") from fault


def check_zones(text: str) -> None:
    """As `check_zone`, for one zone a line."""
    for line in text.split():
        check_zone(line)


@register_setting(icon="home", order=10)
class Society(BaseGenericSetting):
    """What the society is called, how it is reached, and where its office and its readers are."""

    name = models.CharField(_("name"), max_length=120, default="A learned society")
    name_set = models.TextField(
        _("name, as set beside the mark"),
        blank=True,
        help_text=_("One or two lines. Leave out to use the name."),
    )
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    public_site_name = models.CharField(_("site for the public"), max_length=80, blank=True)
    public_site_url = models.URLField(_("its address"), blank=True)
    accounts = StreamField([("account", SocialBlock())], verbose_name=_("elsewhere"), blank=True)
    zone = models.CharField(
        _("time zone of the office"),
        max_length=64,
        default="UTC",
        validators=[check_zone],
        help_text="Europe/Zurich",
    )
    watched_zones = models.TextField(
        _("zones of readers"),
        blank=True,
        validators=[check_zones],
        help_text=_("One zone a line. Staff who enter a time are told where its day is another."),
    )
    demonstration = models.BooleanField(
        _("this is a demonstration"), default=False, help_text=_("A line on every page then says so.")
    )
    demo_line = models.CharField(_("what that line says"), max_length=160, blank=True)

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("name_set"), FieldPanel("short_name")], _("Name")),
        MultiFieldPanel([FieldPanel("phone"), FieldPanel("email"), FieldPanel("accounts")], _("Contact")),
        MultiFieldPanel(
            [FieldPanel("public_site_name"), FieldPanel("public_site_url")], _("Site for the public")
        ),
        MultiFieldPanel([FieldPanel("zone"), FieldPanel("watched_zones")], _("Time zones")),
        MultiFieldPanel([FieldPanel("demonstration"), FieldPanel("demo_line")], _("Demonstration")),
    ]

    class Meta:
        verbose_name = _("society")

    def __str__(self) -> str:
        return self.name

    @property
    def name_lines(self) -> list[str]:
        """The name as it stands beside the mark, a line each."""
        return self.name_set.splitlines() or [self.name]

    @property
    def social(self) -> list[StructValue]:
        """Where else the society speaks: `name` and `url` of each."""
        return [account.value for account in self.accounts]

    @property
    def tel(self) -> str:
        """The telephone number as a link dials it."""
        return "".join(c for c in self.phone if c.isdigit() or c == "+")

    @property
    def watched(self) -> list[str]:
        """The zones of readers whose day is compared when staff enter a time."""
        return self.watched_zones.split()


class Navigation(TranslatableMixin, models.Model):
    """The menus of one language: the header's, the footer's, and the links below the address."""

    header = StreamField(HeaderBlock(), verbose_name=_("main menu"), blank=True)
    footer = StreamField([("column", ColumnBlock())], verbose_name=_("footer"), blank=True)
    contact = StreamField([("link", LinkBlock())], verbose_name=_("below the address"), blank=True)

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("menus")
        verbose_name_plural = _("menus")
        constraints = [models.UniqueConstraint(fields=["locale"], name="navigation_once_a_language")]

    def __str__(self) -> str:
        return f"Menus ({self.locale})"


class BasePage(Page, Reviewed):  # type: ignore[django-manager-missing]
    """What every page of ours has: one line that says what is on it, and somebody who looks after it."""

    summary = models.CharField(
        _("one line"),
        max_length=300,
        blank=True,
        help_text=_("Stands below the title, in lists and in search engines."),
    )

    #: What schema.org calls a page of this sort (https://schema.org/WebPage and its kin).
    schema_type = "WebPage"

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    settings_panels = [
        *Page.settings_panels,
        MultiFieldPanel([FieldPanel("owner"), FieldPanel("review_by")], _("Looked after")),
    ]

    class Meta:
        abstract = True

    @property
    def description(self) -> str:
        """What search engines show: the description written for them, else the one line."""
        return self.search_description or self.summary

    def described(self, address: str, publisher: jsonld.Publisher) -> dict[str, Any]:
        """The page for machines. `address` is its own, absolute; a sort of page with more to say adds it."""
        return jsonld.thing(
            self.schema_type,
            _id=address,
            url=address,
            name=self.title,
            description=self.description,
            inLanguage=self.locale.language_code,
            publisher=publisher.described(),
        )

    def trail(self) -> list[Page]:
        """The pages above this one, from the home page down, for the breadcrumb."""
        return list(self.get_ancestors().filter(depth__gt=1))
