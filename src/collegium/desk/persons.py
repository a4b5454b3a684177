"""Persons at the desk: the list, the page of a person, and the form of her name."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from collegium.desk.columns import CountrySelect, LanguageSelect
from collegium.kit import countries
from collegium.people import actions as people
from collegium.people import panels
from collegium.people.identifiers import normalize_orcid
from collegium.people.models import Person, PersonQuerySet
from collegium.people.panels import Place


class PersonForm(WagtailAdminModelForm):
    """Takes an ORCID iD in any of its forms. The constraint says more than this form, so it asks itself."""

    orcid = forms.CharField(
        label=_("ORCID iD"), required=False, help_text=_("Such as 0000-0002-1825-0097, or its web address.")
    )

    def clean_orcid(self) -> str:
        text = self.cleaned_data["orcid"].strip()
        orcid = normalize_orcid(text) if text else ""
        others = Person.objects.current().exclude(pk=self.instance.pk)
        if orcid and others.filter(orcid=orcid).exists():
            raise forms.ValidationError(_("Another person has this ORCID iD."), code="orcid_taken")
        return orcid


person_panels = ObjectList(
    [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("sorting_name"), FieldPanel("given_name")], _("Name")
        ),
        FieldPanel("orcid"),
        FieldRowPanel(
            [FieldPanel("country", widget=CountrySelect), FieldPanel("language", widget=LanguageSelect)]
        ),
    ],
    base_form_class=PersonForm,
)


class AffiliationColumn(Column):
    """Where the person works today."""

    def get_value(self, instance: Person) -> str:
        present = next((row for row in instance.affiliations.all() if row.end is None), None)
        return present.place if present else ""


class CountryColumn(Column):
    def get_value(self, instance: Person) -> str:
        return countries.names("en").get(instance.country, instance.country)


def person_url(person: Person) -> str:
    """The page of `person` at the desk."""
    return reverse("persons:inspect", args=[person.pk])


class PersonList(generic.IndexView):
    """Persons by name. The search finds names in any script, e-mail addresses and ORCID iDs."""

    def get_base_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_base_queryset()
        return rows.filter(merged_into=None).prefetch_related("emails", "affiliations__organisation")

    def search_queryset(self, queryset: PersonQuerySet) -> PersonQuerySet:
        return queryset.search(self.search_query) if self.is_searching else queryset


class PersonAdd(generic.CreateView):
    def save_instance(self) -> Person:
        values = {name: self.form.cleaned_data[name] for name in self.form.fields}
        return people.create_person(by=self.request.user, **values)

    def get_success_url(self) -> str:
        return person_url(self.object)


class PersonEdit(generic.EditView):
    def save_instance(self) -> Person:
        return people.change_person(self.form.instance, by=self.request.user)

    def get_success_url(self) -> str:
        return person_url(self.object)


class PersonPage(generic.InspectView):
    """All that the rooms know of a person, as their panels show it."""

    template_name = "desk/person.html"
    page_title = _("Person")

    def get_object(self, queryset: Any = None) -> Person:
        person: Person = super().get_object(queryset)
        return person.merged_into or person

    def get_fields(self) -> list[str]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        filled = panels.of_person(self.object, place=Place.OFFICE, viewer=self.request.user)
        return context | {
            "main": [each for each in filled if not each.panel.is_aside],
            "aside": [each for each in filled if each.panel.is_aside],
        }


class PersonViewSet(ModelViewSet):
    """Persons are never deleted here: what law and books ask for must stay."""

    model = Person
    name = "persons"
    icon = "user"
    menu_label = _("People")
    menu_order = 105
    add_to_admin_menu = True
    inspect_view_enabled = True
    copy_view_enabled = False
    list_per_page = 50
    index_view_class = PersonList
    add_view_class = PersonAdd
    edit_view_class = PersonEdit
    inspect_view_class = PersonPage
    inspect_template_name = "desk/person.html"
    edit_handler = person_panels
    search_fields: ClassVar[list[str]] = ["name"]
    search_backend_name = None
    ordering: ClassVar[list[str]] = ["sort_key", "pk"]
    list_display: ClassVar[list[Any]] = [
        TitleColumn("name", label=_("Name"), get_url=person_url),
        Column("primary_email", label=_("E-mail")),
        AffiliationColumn("affiliation", label=_("Affiliation")),
        CountryColumn("country", label=_("Country")),
    ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        shared: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return shared | {"delete_url_name": None}

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "delete"]
