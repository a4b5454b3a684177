"""The society sets its colours at the desk."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

import makers
from collegium.pages.models import SiteSettings

pytestmark = pytest.mark.django_db


def test_colours_that_can_be_read_are_taken():
    society = makers.society(accent_day="#a8430c", radius=0)
    society.full_clean()
    assert "--society-radius: 0px;" in society.brand.stylesheet()


@pytest.mark.parametrize(
    "facts, field, said",
    [
        ({"accent_day": "#ff99bb"}, "accent_day", "accent on paper reaches 1.95; it needs 4.5"),
        ({"accent_day": "red"}, "accent_day", "is not a colour"),
        ({"radius": 7}, "radius", "less than or equal to 6"),
        ({"display": 300}, "display", "greater than or equal to 400"),
    ],
)
def test_what_cannot_be_read_is_refused_where_it_was_entered(facts, field, said):
    with pytest.raises(ValidationError) as refusal:
        makers.society(**facts).full_clean()
    assert any(said in line for line in refusal.value.message_dict[field])


def test_the_desk_says_so_too(client, office):
    society = makers.society()
    client.force_login(office)
    address = reverse("wagtailsettings:edit", args=["pages", "sitesettings", society.pk])
    form = {
        "name": "A society",
        "zone": "UTC",
        "currency": "CHF",
        "year_end_day": "31",
        "year_end_month": "12",
        "accent_day": "#ff99bb",
        "accounts-count": "0",
        "names-count": "0",
    }
    page = client.post(address, form, follow=True)
    assert "accent on paper reaches 1.95" in page.content.decode()
    assert SiteSettings.load().accent_day == ""
    client.post(address, form | {"accent_day": "#a8430c"}, follow=True)
    assert SiteSettings.load().accent_day == "#a8430c"
