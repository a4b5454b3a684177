"""Nothing is lost silently: who saves over somebody else's version is warned, and versions can be restored."""

import re

import pytest
from django.urls import reverse
from django.utils.html import escape

import makers
import makers_desk
from collegium.audit.models import Entry
from collegium.events.models import Topic
from collegium.pages.models import Navigation, SiteSettings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    makers.home()
    return client


@pytest.fixture
def other(django_user_model):
    from django.test import Client

    client = Client()
    chief = makers_desk.account(email="chief@society.example", first_name="Imara", last_name="Quill")
    chief.is_superuser = chief.is_staff = True
    chief.save()
    client.force_login(chief)
    return client


def opened(client, url):
    """What a browser sends back for the form at `url` if nothing is changed."""
    html = client.get(url).content.decode()
    form = html[html.index("data-edit-form") :]
    fields = {}
    for tag in re.findall(r"<input[^>]+>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="(\w+)"', tag)
        if name and (not kind or kind[1] not in ("checkbox", "radio", "submit")):
            fields[name[1]] = value[1] if value else ""
    for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', form):
        fields[name] = text
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def settings_url():
    return reverse("wagtailsettings:edit", args=["pages", "sitesettings", SiteSettings.load().pk])


def topic_url(topic):
    return reverse("wagtailsnippets_events_topic:edit", args=[topic.pk])


def streams(fields):
    return fields | {"names-count": "0", "accounts-count": "0"}


def test_a_setting_that_somebody_saved_in_between_is_not_overwritten(desk, other):
    makers.society(phone="1")
    mine, theirs = (streams(opened(client, settings_url())) for client in (desk, other))
    other.post(settings_url(), theirs | {"phone": "2"})
    html = desk.post(settings_url(), mine | {"phone": "3"}).content.decode()
    assert "Imara Quill saved another version" in html
    assert 'value="3"' in html  # what was typed is still there
    assert SiteSettings.load().phone == "2"
    again = re.search(r'name="loaded_version" value="([^"]+)"', html)[1]
    assert desk.post(settings_url(), mine | {"phone": "3", "loaded_version": again}).status_code == 302
    assert SiteSettings.load().phone == "3"


def test_who_is_alone_saves_without_a_question(desk):
    makers.society(phone="1")
    for number in ("2", "3"):
        fields = streams(opened(desk, settings_url()))
        assert desk.post(settings_url(), fields | {"phone": number}).status_code == 302
    assert SiteSettings.load().phone == "3"


def test_a_topic_that_somebody_saved_in_between_is_not_overwritten(desk, other):
    topic = makers.topic()
    mine, theirs = (opened(client, topic_url(topic)) for client in (desk, other))
    other.post(topic_url(topic), theirs | {"title": "Theirs"})
    assert "saved another version" in desk.post(topic_url(topic), mine | {"title": "Mine"}).content.decode()
    assert Topic.objects.get(pk=topic.pk).title == "Theirs"


def test_a_page_that_somebody_saved_in_between_is_not_overwritten(desk, other):
    page = makers.text_page(title="Dues")
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    extra = {"body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    mine, theirs = (opened(client, url) | extra for client in (desk, other))
    other.post(url, theirs | {"title": "Theirs"})
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Theirs"
    html = desk.post(url, mine | {"title": "Mine", "action-publish": "x"}).content.decode()
    assert "saved another version" in html
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Theirs"
    again = re.search(r'name="loaded_version" value="([^"]+)"', html)[1]
    desk.post(url, mine | {"title": "Mine", "loaded_version": again, "action-publish": "x"})
    page.refresh_from_db()
    assert page.title == "Mine"


def test_no_autosave_replaces_the_version_that_somebody_was_warned_of(desk, other):
    """The form that is shown again differs from what is stored, so the browser saves it by itself."""
    page = makers.text_page(title="Dues")
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    extra = {"body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    mine, theirs = (opened(client, url) | extra for client in (desk, other))
    other.post(url, theirs | {"title": "Theirs"})
    html = desk.post(url, mine | {"title": "Mine"}).content.decode()
    again = {"loaded_version": re.search(r'name="loaded_version" value="([^"]+)"', html)[1]}
    refused = desk.post(url, mine | again | {"title": "Mine"}, headers={"Accept": "application/json"})
    assert (refused.status_code, refused.json()["error_code"]) == (400, "invalid_revision")
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Theirs"
    desk.post(url, mine | again | {"title": "Mine"})
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Mine"


def test_no_autosave_replaces_the_version_of_a_record_that_somebody_was_warned_of(desk):
    event = makers.event(title="Meeting")
    url = reverse("wagtailsnippets_events_event:edit", args=[event.pk])
    fields = {"loaded_version": "refused:1", "title": "Mine"}
    assert desk.post(url, fields, headers={"Accept": "application/json"}).status_code == 400


# --- versions


def versions_url(instance):
    meta = instance._meta
    return reverse("desk:saved_versions", args=[meta.app_label, meta.model_name, instance.pk])


def test_what_nobody_has_saved_yet_has_no_versions(desk):
    menus = Navigation.objects.create(locale=makers.locale())
    assert "No version is kept yet." in desk.get(versions_url(menus)).content.decode()


def test_a_setting_can_be_brought_back(desk):
    makers.society(phone="1", paper_day="#fafafa")
    for number in ("2", "3"):
        fields = streams(opened(desk, settings_url()))
        desk.post(settings_url(), fields | {"phone": number, "paper_day": "#ffffff"})
    settings = SiteSettings.load()
    listing = desk.get(versions_url(settings)).content.decode()
    assert listing.count("/restore/") == 2
    assert versions_url(settings) in desk.get(settings_url()).content.decode()
    first = Entry.objects.filter(verb="version.saved").order_by("pk")[0]
    desk.post(f"{versions_url(settings)}{first.pk}/restore/")
    settings = SiteSettings.objects.get()
    assert (settings.phone, settings.paper_day) == ("1", "#fafafa")
    assert desk.get(versions_url(settings)).content.decode().count("/restore/") == 3


def test_menus_can_be_brought_back(desk):
    link = [{"type": "link", "value": {"title": "First", "url": "https://first.example"}}]
    menus = Navigation.objects.create(locale=makers.locale(), contact=link)
    url = reverse("wagtailsnippets_pages_navigation:edit", args=[menus.pk])
    empty = {"header-count": "0", "footer-count": "0", "contact-count": "0"}
    loaded = re.search(r'name="loaded_version" value="([^"]+)"', desk.get(url).content.decode())[1]
    assert desk.post(url, empty | {"loaded_version": loaded}).status_code == 302
    menus.refresh_from_db()
    assert len(menus.contact) == 0
    first = Entry.objects.filter(verb="version.saved").order_by("pk")[0]
    desk.post(f"{versions_url(menus)}{first.pk}/restore/")
    menus.refresh_from_db()
    assert menus.contact[0].value["title"] == "First"


def test_a_version_that_fits_no_more_is_refused_in_words(desk):
    topic = makers.topic()
    for title in ("Second", "Third"):
        desk.post(topic_url(topic), opened(desk, topic_url(topic)) | {"title": title, "key": title.lower()})
    first = Entry.objects.filter(verb="version.saved").order_by("pk")[0]
    makers.topic(first.facts["fields"]["key"])
    html = desk.post(f"{versions_url(topic)}{first.pk}/restore/", follow=True).content.decode()
    assert escape("This version cannot be restored") in html
    assert Topic.objects.get(pk=topic.pk).title == "Third"


def test_versions_are_for_those_who_may_change_it(client):
    settings = makers.society(phone="1")
    client.force_login(makers_desk.account("Editors"))
    assert client.get(versions_url(settings)).status_code in (302, 403)
    assert client.get(reverse("desk:saved_versions", args=["people", "account", 1])).status_code in (302, 404)
