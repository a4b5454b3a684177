"""A new translation is a draft: it opens for its translator, and readers see it when she publishes it."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

import makers
from collegium.events.models import Event
from collegium.website.models import HomePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def spanish(client, office):
    makers.society()
    makers.events_page()
    client.force_login(office)
    return Locale.objects.get_or_create(language_code="es")[0]


@pytest.fixture
def translate(client, spanish, django_capture_on_commit_callbacks):
    """Begin a translation as an editor does; the answer of the desk."""

    def begin(record):
        if isinstance(record, Page):
            address = reverse("wagtail_localize:submit_page_translation", args=[record.pk])
        else:
            meta = record._meta
            args = [meta.app_label, meta.model_name, record.pk]
            address = reverse("wagtail_localize:submit_snippet_translation", args=args)
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, {"locales": [spanish.pk]}, follow=True)

    return begin


def home():
    return HomePage.objects.get(locale__language_code="en")


def test_a_page_is_translated_as_a_draft_that_opens_for_its_translator(client, translate, spanish):
    answer = translate(home())
    draft = HomePage.objects.get(locale=spanish)
    assert not draft.live
    assert answer.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert answer.status_code == 200
    assert client.get("/es/").status_code == 404
    assert "/es/" not in client.get("/sitemap.xml").content.decode()
    assert 'hreflang="es"' not in client.get("/en/").content.decode()


def test_a_reader_is_not_sent_to_a_language_that_is_only_drafted(client, translate):
    translate(home())
    assert client.get("/", HTTP_ACCEPT_LANGUAGE="es")["Location"] == "/en/"


def test_the_pages_above_a_draft_do_not_appear_either(client, translate, spanish):
    page = makers.text_page(slug="about")
    translate(page)
    assert Page.objects.filter(locale=spanish).exists()
    assert not Page.objects.filter(locale=spanish, live=True).exists()
    assert client.get("/es/").status_code == 404
    assert client.get("/es/about/").status_code == 404


def test_a_record_is_translated_as_a_draft(client, translate, spanish, django_capture_on_commit_callbacks):
    for page in (home(), makers.events_page()):
        translate(page)
        with django_capture_on_commit_callbacks(execute=True):
            Page.objects.get(
                locale=spanish, translation_key=page.translation_key
            ).get_latest_revision().publish()
    event = makers.event(slug="one")
    answer = translate(event)
    draft = Event.objects.get(locale=spanish)
    assert not draft.live
    assert answer.redirect_chain[-1][0].endswith(f"/edit/{draft.pk}/")
    assert answer.status_code == 200
    assert client.get("/es/events/one/").status_code == 404
    draft.get_latest_revision().publish()
    assert client.get("/es/events/one/").status_code == 200


def test_an_update_that_is_not_published_leaves_a_live_record_as_readers_see_it(
    client, translate, spanish, django_capture_on_commit_callbacks
):
    for page in (home(), makers.events_page()):
        translate(page)
        with django_capture_on_commit_callbacks(execute=True):
            Page.objects.get(
                locale=spanish, translation_key=page.translation_key
            ).get_latest_revision().publish()
    event = makers.event(slug="one")
    translate(event)
    Event.objects.get(locale=spanish).get_latest_revision().publish()
    event.refresh_from_db()
    event.title = "Renamed meanwhile"
    event.save_revision().publish()
    source = TranslationSource.objects.get_for_instance(event)
    update = reverse("wagtail_localize:update_translations", args=[source.pk])
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(update, {}, follow=True)
    assert "Successfully updated" in answer.content.decode()
    assert Event.objects.get(locale=spanish).live
    assert "Renamed meanwhile" not in client.get("/es/events/one/").content.decode()
