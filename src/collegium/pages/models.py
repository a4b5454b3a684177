"""How the site presents the society, its menus, and the base of every page."""

from dataclasses import fields
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.blocks import StructValue
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction, TranslatableMixin

from collegium.kit import jsonld, links
from collegium.look.brand import Brand, is_colour
from collegium.pages import known, visibility
from collegium.pages.blocks import ColumnBlock, HeaderBlock, LinkBlock, NameBlock, SocialBlock
from collegium.pages.page_form import PageForm
from collegium.publishing import content
from collegium.publishing.models import ReviewDue
from collegium.society.models import Society, check_zone

_BRAND_HELP = _(
    "Each colour as #rrggbb; what is left out stays as the house has it. A colour that could not be read "
    "by day or by night is refused, with the contrast that it reaches."
)


def check_colour(text: str) -> None:
    """Refuse what is no colour in the one form that is known."""
    if not is_colour(text):
        raise ValidationError(
            _("“%(text)s” is not a colour. Write # and six figures or letters a to f, such as #ad1457.")
            % {"text": text},
            code="unknown_colour",
        )


def _colour(title: Any) -> models.CharField:
    """A field for a colour as `#rrggbb`; empty for the house's own."""
    return models.CharField(title, max_length=7, blank=True, validators=[check_colour])


def check_zones(text: str) -> None:
    """As `check_zone`, for one zone a line."""
    for line in text.split():
        check_zone(line)


@register_setting(icon="home", order=10)
class SiteSettings(BaseGenericSetting, Society):
    """The society's record, with how the site presents it: names in other languages, accounts, colours."""

    name_set = models.TextField(
        _("name, as set beside the mark"),
        blank=True,
        help_text=_("One or two lines. Leave out to use the name."),
    )
    names = StreamField([("name", NameBlock())], verbose_name=_("name in other languages"), blank=True)
    public_site_name = models.CharField(_("site for the public"), max_length=80, blank=True)
    public_site_url = models.URLField(_("its address"), blank=True)
    accounts = StreamField([("account", SocialBlock())], verbose_name=_("elsewhere"), blank=True)
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
    security_contact = models.EmailField(
        _("for reports of weaknesses"),
        blank=True,
        help_text=_("Who finds a weakness of this site writes here. Leave out to use the society's address."),
    )
    paper_day = _colour(_("paper, by day"))
    paper_night = _colour(_("paper, by night"))
    ink_day = _colour(_("ink, by day"))
    ink_night = _colour(_("ink, by night"))
    accent_day = _colour(_("accent, by day"))
    accent_night = _colour(_("accent, by night"))
    stain_day = _colour(_("stain of the drawings, by day"))
    stain_night = _colour(_("stain of the drawings, by night"))
    radius = models.PositiveSmallIntegerField(
        _("rounding of corners, in pixels"), null=True, blank=True, validators=[MaxValueValidator(6)]
    )
    display = models.PositiveSmallIntegerField(
        _("weight of large lines"),
        null=True,
        blank=True,
        validators=[MinValueValidator(400), MaxValueValidator(600)],
        help_text=_("From 400, light, to 600, strong."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("name_set"), FieldPanel("short_name"), FieldPanel("names")],
            _("Name"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("address", "phone", "email", "security_contact", "accounts")],
            _("Contact"),
        ),
        MultiFieldPanel(
            [FieldPanel("public_site_name"), FieldPanel("public_site_url")], _("Site for the public")
        ),
        MultiFieldPanel([FieldPanel("zone"), FieldPanel("watched_zones")], _("Time zones")),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("currency", "year_end_day", "year_end_month")],
            _("Currency and financial year"),
        ),
        MultiFieldPanel([FieldPanel("demonstration"), FieldPanel("demo_line")], _("Demonstration")),
        MultiFieldPanel(
            [HelpPanel(_BRAND_HELP), *(FieldPanel(field.name) for field in fields(Brand))],
            _("Colours and corners"),
        ),
    ]

    class Meta:
        verbose_name = _("society")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse colours that cannot be read, saying which pair and by how much."""
        super().clean()
        if faults := self.brand.faults():
            raise ValidationError(faults)

    @property
    def brand(self) -> Brand:
        """What the society has set of the look."""
        return Brand(**{field.name: getattr(self, field.name) for field in fields(Brand)})

    @property
    def called(self) -> str:
        """Its name in the reader's language, else in its own."""
        return self._named()[0]

    @property
    def name_lines(self) -> list[str]:
        """The name as it stands beside the mark, a line each, in the reader's language where it has one."""
        name, name_set = self._named()
        return name_set.splitlines() or [name]

    def _named(self) -> tuple[str, str]:
        language = get_language()
        for value in (block.value for block in self.names):
            if value["language"] == language:
                return value["name"], value["name_set"]
        return self.name, self.name_set

    @property
    def social(self) -> list[StructValue]:
        """Where else the society speaks: `name` and `url` of each."""
        return [account.value for account in self.accounts]

    @property
    def watched(self) -> list[str]:
        """The zones of readers whose day is compared when staff enter a time."""
        return self.watched_zones.split()


@content.register("navigation", pack_parts=["navigation"], permissions={"Moderators": "view change"})
class Navigation(TranslatableMixin, models.Model):
    """The menus of one language: the header's, the footer's, and the links below the address."""

    translated_fields = ("header", "footer", "contact")

    header = StreamField(HeaderBlock(), verbose_name=_("main menu"), blank=True)
    footer = StreamField([("column", ColumnBlock())], verbose_name=_("footer"), blank=True)
    contact = StreamField([("link", LinkBlock())], verbose_name=_("below the address"), blank=True)

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("menus")
        verbose_name_plural = _("menus")
        constraints = [models.UniqueConstraint(fields=["locale"], name="navigation_once_a_language")]

    def __str__(self) -> str:
        return f"Menus ({self.locale})"


class OnceALanguage:
    """Of this sort of page one is enough in a language, wherever it stands: no second is offered or made."""

    once_a_language = True

    @classmethod
    def can_create_at(cls: Any, parent: Page) -> bool:
        if not (cls.is_creatable and cls.can_exist_under(parent)):
            return False
        return not cls.objects.filter(locale=parent.locale_id).exists()


class BasePage(Page, ReviewDue):  # type: ignore[django-manager-missing]
    """What every page of ours has: one line that says what is on it, and somebody who looks after it."""

    translated_fields: tuple[str, ...] = ("title", "seo_title", "search_description", "summary")

    summary = models.CharField(
        _("one line"),
        max_length=300,
        blank=True,
        help_text=_("Stands below the title, in lists and in search engines."),
    )

    #: False for a sort of page that search engines are not to list.
    in_sitemap = True

    #: False for a list of its own: a directory above it does not name what stands below it.
    names_below = True

    #: What schema.org calls a page of this sort (https://schema.org/WebPage and its kin).
    schema_type = "WebPage"

    base_form_class = PageForm
    content_panels = [*Page.content_panels, FieldPanel("summary")]
    promote_panels = [
        FieldPanel(
            "slug", heading=_("Address"), help_text=_("The last step of its address, made from the title.")
        ),
        MultiFieldPanel(
            [
                FieldPanel("seo_title", heading=_("Title"), help_text=_("Leave out to use the page’s own.")),
                FieldPanel(
                    "search_description", heading=_("Text"), help_text=_("Leave out to use the one line.")
                ),
            ],
            _("What search engines show"),
        ),
    ]
    settings_panels = [
        *Page.settings_panels,
        MultiFieldPanel([FieldPanel("owner"), FieldPanel("review_by")], _("Looked after")),
    ]

    class Meta:
        abstract = True

    @classmethod
    def clean_subpage_models(cls) -> list[type[Page]]:
        # Lists ask for each row whether any sort may be made below it: what asks the database stands last.
        return sorted(super().clean_subpage_models(), key=lambda model: issubclass(model, OnceALanguage))

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
            inLanguage=get_language(),
            publisher=publisher.described(),
        )

    @property
    def below(self) -> links.UrlPrefix:
        """Where the records stand that this page shows: in its language, and in the original."""
        return links.UrlPrefix(self.url or "", self._original_url)

    @cached_property
    def _original_url(self) -> str:
        if get_language() == settings.LANGUAGE_CODE:
            return ""
        found = known.in_language(self, settings.LANGUAGE_CODE)
        return (found.url or "") if found else ""

    def get_view_restrictions(self) -> Any:
        """Who may read the page; where the society restricts none, nothing is asked about those above."""
        return (
            super().get_view_restrictions()
            if visibility.restricted_paths()
            else PageViewRestriction.objects.none()
        )

    def trail(self) -> list[Page]:
        """The pages above this one, from the home page down, for the breadcrumb. Asked for once."""
        return self._above

    @cached_property
    def _above(self) -> list[Page]:
        return list(self.get_ancestors().live().filter(depth__gt=1))


content.add("page", Page, pack_parts=["pages", "sections", "annual-meeting", "home"])
