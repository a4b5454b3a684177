"""A person's picture, with words for those who do not see it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel


class Pictured(models.Model):
    """A person and her picture. Without a picture there is none: a drawing never stands for a face."""

    person = models.CharField(_("person"), max_length=160, blank=True)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_alt = models.CharField(
        _("what the picture shows"),
        max_length=200,
        blank=True,
        help_text=_("Screen readers read it to people who cannot see the picture."),
    )
    picture_credit = models.CharField(_("who made the picture"), max_length=160, blank=True)

    picture_panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("picture", "picture_alt", "picture_credit")], _("Picture")
        )
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.picture is not None and not self.picture_alt:
            raise ValidationError({"picture_alt": _("Describe what the picture shows.")})

    def person_json_ld(self, **more: str) -> dict[str, Any] | None:
        """The person for machines; nothing where no name is given."""
        if not self.person:
            return None
        return {"@type": "Person", "name": self.person} | {key: value for key, value in more.items() if value}
