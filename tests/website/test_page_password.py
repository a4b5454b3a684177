import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

import makers
from collegium.website.page_password import GUESSES

pytestmark = pytest.mark.django_db


@pytest.fixture
def form():
    page = makers.text_page()
    kind = PageViewRestriction.PASSWORD
    lock = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="apricot")
    return reverse("wagtailcore_authenticate_with_password", args=[lock.pk, page.pk])


def guess(client, form, password, **where):
    return client.post(form, {"password": password, "return_url": "/en/"}, **where).status_code


def test_the_password_of_a_page_cannot_be_guessed(client, form):
    for _ in range(GUESSES.attempts):
        assert guess(client, form, "wrong") == 200
    assert guess(client, form, "apricot") == 429
    assert guess(client, form, "apricot", REMOTE_ADDR="192.0.2.7") == 302


def test_the_right_password_starts_the_count_again(client, form):
    for _ in range(2):
        for _ in range(GUESSES.attempts - 1):
            guess(client, form, "wrong")
        assert guess(client, form, "apricot") == 302
