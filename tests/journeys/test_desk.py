"""The office, in a real browser: to-do list, approval, schedules, reverting, moving."""

import re
from datetime import date, timedelta
from functools import partial

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

import makers
import makers_desk
from collegium.pages.models import SiteSettings

from .conftest import leading_on, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of")]


@pytest.fixture
def sign_in(browser_page):
    """Opens the desk as somebody: `sign_in(account)`."""
    makers.home()
    makers.society(zone="America/Chicago")

    return partial(signed_in, browser_page)


@pytest.fixture
def chief():
    return makers_desk.account("Moderators", first_name="Ottoline", last_name="Brackenridge")


@pytest.fixture
def writer():
    return makers_desk.account("Editors", first_name="Imara", last_name="Quillfeather")


def origin(page):
    return page.evaluate("location.origin")


def in_the_menu(page, name):
    """The button `name` of the menu below a form, which is opened for it."""
    page.locator("footer .w-dropdown__toggle, footer [data-controller~='w-dropdown'] button").first.click()
    return page.get_by_role("button", name=name).first


def choose(page, name):
    with leading_on(page):
        in_the_menu(page, name).click()


def edit(page, thing):
    page.goto(f"{origin(page)}/admin/pages/{thing.pk}/edit/")


def test_a_review_that_is_overdue_is_seen_and_done(sign_in, chief, axe):
    makers.text_page(title="Dues", review_by=date(2025, 1, 31))
    desk = sign_in(chief)
    axe(desk)
    need = desk.locator(".desk-todo-row")
    assert "Overdue" in need.inner_text()
    assert "Review was due on 31 January 2025" in need.inner_text()
    need.get_by_role("link", name="Open: Dues").click()
    desk.wait_for_url("**/edit/")
    desk.wait_for_load_state("networkidle")
    axe(desk)
    desk.get_by_role("tab", name="Settings").click()
    desk.locator("[name=review_by]").fill("2026-01-31")
    choose(desk, "Publish")
    desk.goto(f"{origin(desk)}/admin/")
    assert "Nothing to do" in desk.locator("main").inner_text()


def test_a_draft_is_handed_in_and_sent_back_and_handed_in_again_and_published(
    sign_in, chief, writer, mailoutbox
):
    page = makers.text_page(title="Dues", slug="dues")
    desk = sign_in(writer)
    edit(desk, page)
    desk.locator("[name=title]").fill("Dues of this year")
    choose(desk, re.compile("Hand in: Moderators approval"))
    assert [letter.to for letter in mailoutbox] == [[chief.email]]

    office = sign_in(chief)
    assert "Submitted by Imara Quillfeather" in office.locator(".desk-todo-row").inner_text()
    office.get_by_role("link", name=re.compile("^Review: Dues")).click()
    in_the_menu(office, "Request changes").click()
    office.locator("textarea[name=comment]:visible").fill("Say which year.")
    with leading_on(office):
        office.locator(".modal [type=submit]:visible").click()
    assert mailoutbox[-1].to == [writer.email]
    assert "Say which year." in mailoutbox[-1].body

    edit(desk, page)
    desk.locator("[name=title]").fill("Dues of 2025")
    choose(desk, re.compile("Resubmit"))
    office.goto(f"{origin(office)}/admin/")
    with leading_on(office):
        office.get_by_role("link", name=re.compile("^Review: Dues")).click()
    choose(office, "Approve and Publish")
    office.goto(f"{origin(office)}/en/dues/")
    assert office.locator("h1").inner_text() == "Dues of 2025"
    assert mailoutbox[-1].to == [writer.email]


def test_a_version_is_scheduled_and_published_at_its_time(sign_in, chief):
    from wagtail.models import Revision

    from collegium.publishing import actions

    page = makers.text_page(title="Dues", slug="dues")
    desk = sign_in(chief)
    edit(desk, page)
    desk.locator("[name=title]").fill("Dues of 2026")
    desk.get_by_role("button", name="Toggle status").click()
    desk.get_by_role("button", name="Set schedule").click()
    dialog = desk.get_by_role("dialog", name=re.compile("schedule"))
    assert "by the clock of Chicago" in dialog.inner_text()
    soon = timezone.now() + timedelta(days=3)
    dialog.locator("[name=go_live_at]").fill(soon.strftime("%Y-%m-%d %H:%M"))
    # By keyboard: Wagtail's calendar may still lie over the button.
    dialog.get_by_role("button", name="Save schedule").press("Enter")
    desk.wait_for_load_state("networkidle")
    choose(desk, "Schedule to publish")
    desk.goto(f"{origin(desk)}/admin/")
    assert "will be published" in desk.locator(".desk-moments").inner_text()
    assert "Dues" in desk.locator(".desk-moments").inner_text()

    waiting, past = (
        Revision.objects.get(approved_go_live_at__isnull=False),
        timezone.now() - timedelta(hours=1),
    )
    waiting.approved_go_live_at, waiting.content["go_live_at"] = past, past.isoformat()
    waiting.save()
    actions.publish_scheduled.call()
    desk.goto(f"{origin(desk)}/en/dues/")
    assert desk.locator("h1").inner_text() == "Dues of 2026"


def test_an_earlier_version_is_brought_back(sign_in, chief):
    page = makers.text_page(title="As it was", slug="dues")
    first = page.latest_revision
    page.title = "A mistake"
    page.save_revision().publish()
    desk = sign_in(chief)
    desk.goto(f"{origin(desk)}/admin/pages/{page.pk}/history/")
    assert desk.locator("tbody tr").count() >= 2
    desk.goto(f"{origin(desk)}/admin/pages/{page.pk}/revisions/{first.pk}/revert/")
    choose(desk, re.compile("Publish this version"))
    desk.goto(f"{origin(desk)}/en/dues/")
    assert desk.locator("h1").inner_text() == "As it was"


def test_a_page_is_moved_and_its_old_address_leads_to_the_new(sign_in, chief):
    about = makers.text_page(title="About us", slug="about")
    page = makers.text_page(title="Dues", slug="dues")
    desk = sign_in(chief)
    desk.goto(f"{origin(desk)}/admin/pages/{page.pk}/move/{about.pk}/confirm/")
    desk.get_by_role("button", name=re.compile("Yes, move")).click()
    desk.wait_for_load_state()
    desk.goto(f"{origin(desk)}/en/dues/")
    assert desk.url.endswith("/en/about/dues/")
    assert desk.locator("h1").inner_text() == "Dues"


def test_an_event_is_cancelled_from_the_list(sign_in, chief, axe):
    makers.events_page()
    makers.event("2025-06-11", "Asia/Hong_Kong", title="Summer school", slug="school")
    desk = sign_in(chief)
    desk.goto(f"{origin(desk)}/admin/snippets/events/event/")
    desk.get_by_role("button", name=re.compile("More options for 'Summer school'")).click()
    desk.get_by_role("link", name="Postpone or cancel").click()
    axe(desk)
    desk.get_by_label("Cancelled").check()
    desk.get_by_label(re.compile("Note for readers")).fill("Too few could come.")
    desk.get_by_role("button", name="Publish the change").click()
    desk.get_by_text("calendar feeds show it").wait_for()
    axe(desk)
    desk.goto(f"{origin(desk)}/en/events/school/")
    assert "Too few could come." in desk.locator("main").inner_text()


def sign_in_again(page, account):
    dialog = page.frame_locator(".desk-sign-in iframe")
    dialog.get_by_label("e-mail address", exact=False).fill(account.email)
    dialog.get_by_label("Password").fill(makers_desk.PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("where", ["page", "setting"])
def test_what_was_typed_outlives_the_end_of_a_session(sign_in, where, axe):
    chief = makers_desk.account("Moderators", is_superuser=True, is_staff=True)
    page = makers.text_page(title="Dues")
    desk = sign_in(chief)
    settings = SiteSettings.load()
    url = f"pages/{page.pk}/edit/" if where == "page" else f"settings/pages/sitesettings/{settings.pk}/"
    desk.goto(f"{origin(desk)}/admin/{url}")
    desk.evaluate("document.querySelector('[data-desk-session]').dataset.freshSeconds = 0")
    Session.objects.all().delete()
    desk.locator("#id_title, #id_name").first.fill("Typed for an hour")
    desk.locator("form[data-edit-form] button[type=submit]").filter(visible=True).first.click()
    desk.get_by_text("Your session has ended").wait_for()
    with leading_on(desk):
        sign_in_again(desk, chief)
    if where == "page":
        page.refresh_from_db()
        assert page.get_latest_revision_as_object().title == "Typed for an hour"
    else:
        assert SiteSettings.objects.get().name == "Typed for an hour"
