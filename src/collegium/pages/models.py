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
from collegium.pages import page_loader, visibility
from collegium.pages.blocks import ColumnBlock, HeaderBlock, LinkBlock, NameBlock, SocialBlock
from collegium.pages.blocks.stream import StreamBlock
from collegium.pages.page_form import PageForm
from collegium.publishing import content
from collegium.publishing.models import ReviewDue
from collegium.society.models import Society, check_zone

_BRAND_HELP = _(
    "Write each colour as #rrggbb. Leave a field empty to use the default. Colours without enough contrast "
    "in the light or the dark scheme are refused, with the contrast they reach."
)


def check_colour(text: str) -> None:
    """Refuse anything but a colour in the form #rrggbb."""
    if not is_colour(text):
        raise ValidationError(
            _("“%(text)s” is not a colour. Write # and six figures or letters a to f, such as #ad1457.")
            % {"text": text},
            code="unknown_colour",
        )


def _colour(title: Any) -> models.CharField:
    """A field for a colour as `#rrggbb`; empty means the default."""
    return models.CharField(title, max_length=7, blank=True, validators=[check_colour])


def check_zones(text: str) -> None:
    """As `check_zone`, for one zone per line."""
    for line in text.split():
        check_zone(line)


@register_setting(icon="home", order=10)
class SiteSettings(BaseGenericSetting, Society):
    """The society's record, with how the site presents it: names in other languages, accounts, colours."""

    name_set = models.TextField(
        _("name beside the logo"),
        blank=True,
        help_text=_("One or two lines. Leave empty to use the name."),
    )
    names = StreamField(
        StreamBlock([("name", NameBlock())]), verbose_name=_("name in other languages"), blank=True
    )
    public_site_name = models.CharField(_("site for the public"), max_length=80, blank=True)
    public_site_url = models.URLField(_("its address"), blank=True)
    accounts = StreamField(
        StreamBlock([("account", SocialBlock())]), verbose_name=_("accounts on other sites"), blank=True
    )
    watched_zones = models.TextField(
        _("zones of readers"),
        blank=True,
        validators=[check_zones],
        help_text=_(
            "One zone per line. When staff enter a time, the form shows where it falls on another day."
        ),
    )
    demonstration = models.BooleanField(
        _("this is a demonstration"), default=False, help_text=_("A note on every page says so.")
    )
    demo_line = models.CharField(_("text of the note"), max_length=160, blank=True)
    security_contact = models.EmailField(
        _("security contact"),
        blank=True,
        help_text=_("Receives reports of vulnerabilities. Leave empty to use the society's e-mail address."),
    )
    paper_day = _colour(_("paper, light scheme"))
    paper_night = _colour(_("paper, dark scheme"))
    ink_day = _colour(_("ink, light scheme"))
    ink_night = _colour(_("ink, dark scheme"))
    accent_day = _colour(_("accent, light scheme"))
    accent_night = _colour(_("accent, dark scheme"))
    stain_day = _colour(_("colour of the drawings, light scheme"))
    stain_night = _colour(_("colour of the drawings, dark scheme"))
    radius = models.PositiveSmallIntegerField(
        _("rounding of corners, in pixels"), null=True, blank=True, validators=[MaxValueValidator(6)]
    )
    display = models.PositiveSmallIntegerField(
        _("weight of headings"),
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
        """Refuse colours without enough contrast, naming the pair and its contrast."""
        super().clean()
        if errors := self.brand.errors():
            raise ValidationError(errors)

    @property
    def brand(self) -> Brand:
        """The values of the look that the society has set."""
        return Brand(**{field.name: getattr(self, field.name) for field in fields(Brand)})

    @property
    def called(self) -> str:
        """The name in the reader's language, else the default name."""
        return self._named()[0]

    @property
    def name_lines(self) -> list[str]:
        """The lines of the name beside the logo, in the reader's language if there is one."""
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
        """The accounts on other sites: `name` and `url` of each."""
        return [account.value for account in self.accounts]

    @property
    def watched(self) -> list[str]:
        """The zones for which the form compares the day when staff enter a time."""
        return self.watched_zones.split()


@content.register("navigation", pack_parts=["navigation"], permissions={"Moderators": "view change"})
class Navigation(TranslatableMixin, models.Model):
    """The menus of one language: the header's, the footer's, and the links below the address."""

    translated_fields = ("header", "footer", "contact")

    header = StreamField(HeaderBlock(), verbose_name=_("main menu"), blank=True)
    footer = StreamField(StreamBlock([("column", ColumnBlock())]), verbose_name=_("footer"), blank=True)
    contact = StreamField(
        StreamBlock([("link", LinkBlock())]), verbose_name=_("below the address"), blank=True
    )

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("menus")
        verbose_name_plural = _("menus")
        constraints = [models.UniqueConstraint(fields=["locale"], name="navigation_once_a_language")]

    def __str__(self) -> str:
        return f"Menus ({self.locale})"


class SingletonPerLocale:
    """A kind of page of which each language has at most one. Wagtail offers no second one."""

    singleton_per_locale = True

    @classmethod
    def can_create_at(cls: Any, parent: Page) -> bool:
        if not (cls.is_creatable and cls.can_exist_under(parent)):
            return False
        return not cls.objects.filter(locale=parent.locale_id).exists()


class BasePage(Page, ReviewDue):  # type: ignore[django-manager-missing]
    """The base of every page: a one-line summary, an owner and a review date."""

    translated_fields: tuple[str, ...] = ("title", "seo_title", "search_description", "summary")

    summary = models.CharField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("Stands below the title, in lists and in search engines."),
    )

    #: False for a kind of page that search engines must not list.
    in_sitemap = True

    #: False for a page that lists its own children: an index page above it does not list them again.
    names_below = True

    #: The type of the page at schema.org (https://schema.org/WebPage and its subtypes).
    schema_type = "WebPage"

    base_form_class = PageForm
    content_panels = [*Page.content_panels, FieldPanel("summary")]
    promote_panels = [
        FieldPanel(
            "slug", heading=_("Address"), help_text=_("The last part of the address, made from the title.")
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "seo_title", heading=_("Title"), help_text=_("Leave empty to use the title of the page.")
                ),
                FieldPanel(
                    "search_description", heading=_("Text"), help_text=_("Leave empty to use the summary.")
                ),
            ],
            _("Search engines"),
        ),
    ]
    settings_panels = [
        *Page.settings_panels,
        MultiFieldPanel([FieldPanel("owner"), FieldPanel("review_by")], _("Owner and review")),
    ]

    class Meta:
        abstract = True

    @classmethod
    def clean_subpage_models(cls) -> list[type[Page]]:
        # Page lists ask for each row whether a page can be created below: models that query come last.
        return sorted(super().clean_subpage_models(), key=lambda model: issubclass(model, SingletonPerLocale))

    @property
    def description(self) -> str:
        """What search engines show: the description written for them, else the one line."""
        return self.search_description or self.summary

    def json_ld(self, address: str, publisher: jsonld.Publisher) -> dict[str, Any]:
        """The JSON-LD of the page. `address` is absolute. Subclasses add their own facts."""
        return jsonld.thing(
            self.schema_type,
            _id=address,
            url=address,
            name=self.title,
            description=self.description,
            inLanguage=get_language(),
            publisher=publisher.reference(),
        )

    @property
    def url_prefix(self) -> links.UrlPrefix:
        """The prefix of the addresses of the records that this page shows, translated and original."""
        return links.UrlPrefix(self.url or "", self._original_url)

    @cached_property
    def _original_url(self) -> str:
        if get_language() == settings.LANGUAGE_CODE:
            return ""
        original = page_loader.translation_of(self, settings.LANGUAGE_CODE)
        return (original.url or "") if original else ""

    def get_view_restrictions(self) -> Any:
        """The restrictions of the page, without a query where the site has none."""
        if not visibility.restricted_paths():
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def trail(self) -> list[Page]:
        """The pages above this one, from the home page down, for the breadcrumb."""
        return self._above

    @cached_property
    def _above(self) -> list[Page]:
        return list(self.get_ancestors().live().filter(depth__gt=1))


content.add("page", Page, pack_parts=["pages", "sections", "annual-meeting", "home"])
