"""What the newsroom says on every release and in every feed."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from collegium.look import covers

#: Of the categories that podcast directories know, those that a learned society may need.
CATEGORIES = [
    ("Science", _("Science")),
    ("Science > Life Sciences", _("Science: life sciences")),
    ("Science > Natural Sciences", _("Science: natural sciences")),
    ("Science > Earth Sciences", _("Science: earth sciences")),
    ("Science > Physics", _("Science: physics")),
    ("Science > Mathematics", _("Science: mathematics")),
    ("Science > Social Sciences", _("Science: social sciences")),
    ("Health & Fitness > Medicine", _("Health: medicine")),
    ("Education", _("Education")),
    ("Society & Culture", _("Society and culture")),
]


@register_setting(icon="edit", order=20)
class Newsroom(BaseGenericSetting):
    """Whom the press may call, what stands below each release, and what the podcast is called."""

    boilerplate = models.TextField(
        _("about the society"),
        blank=True,
        help_text=_("Stands below each press release that has no such words of its own."),
    )
    press_name = models.CharField(_("name"), max_length=120, blank=True)
    press_role = models.CharField(_("role"), max_length=160, blank=True)
    press_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    press_email = models.EmailField(_("e-mail address"), blank=True)
    podcast_title = models.CharField(_("title"), max_length=120, blank=True)
    podcast_description = models.TextField(_("what it is about"), blank=True)
    podcast_category = models.CharField(
        _("category"), max_length=60, choices=CATEGORIES, default="Science > Life Sciences"
    )
    podcast_email = models.EmailField(
        _("e-mail address of its owner"),
        blank=True,
        help_text=_("Directories write there to make sure that the podcast is yours. It is public."),
    )
    podcast_motif = models.CharField(
        _("motif of its cover"), max_length=20, choices=covers.CHOICES, default="turing"
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("press_name", "press_role", "press_phone", "press_email")],
            _("Contact for the press"),
        ),
        FieldPanel("boilerplate"),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "podcast_title",
                    "podcast_description",
                    "podcast_category",
                    "podcast_email",
                    "podcast_motif",
                )
            ],
            _("Podcast"),
        ),
    ]

    class Meta:
        verbose_name = _("newsroom")

    def __str__(self) -> str:
        return str(_("Newsroom"))
