import os
import signal
import time
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import connections, transaction
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from collegium.mail import actions, queries
from collegium.mail.errors import LetterClosed
from collegium.mail.models import Letter
from collegium.work import schedule, worker

from . import post_office

OFFICE = "office@society.example"


@pytest.fixture(autouse=True)
def outbox(settings):
    """The real way of a letter: the outbox, then SMTP."""
    settings.EMAIL_BACKEND = "collegium.mail.backends.OutboxBackend"
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.5


@pytest.fixture
def office(settings):
    with post_office.working() as (office, settings.EMAIL_PORT):
        yield office


def write(*to, subject="Your place"):
    send_mail(subject, "Dear member,\n.a line with a dot", OFFICE, list(to) or ["ada@example.org"])
    return Letter.objects.latest("pk")


def read(raw):
    return message_from_bytes(raw, policy=policy.default)


def test_a_letter_is_a_row_until_the_worker_sends_it(db, office):
    letter = write("ada@example.org", "bo@example.org")
    assert (letter.state, letter.sender, office.letters) == ("queued", OFFICE, [])
    worker.run(once=True)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.error) == ("sent", 1, "")
    assert letter.sent_at
    (received,) = map(read, office.letters)
    assert received["To"] == "ada@example.org, bo@example.org"
    assert received["X-Letter-ID"] == str(letter.public_id)
    assert received["Message-ID"] == f"<{letter.public_id}@society.example>"


def test_a_sent_letter_keeps_no_text(db, office):
    write()
    worker.run(once=True)
    assert bytes(Letter.objects.get().content) == b""


def test_attachments_alternatives_and_other_scripts_arrive_whole(db, office):
    with translation.override("ko"):
        message = EmailMultiAlternatives(
            "초대",
            "안녕하세요",
            OFFICE,
            ["ada@example.org"],
            bcc=["cc@x.example"],
            headers={"X-Letter-Kind": "i"},
        )
        message.attach_alternative("<p>안녕하세요</p>", "text/html")
        message.attach("plan.ics", "BEGIN:VCALENDAR", "text/calendar")
        message.send()
    letter = Letter.objects.get()
    assert (letter.kind, letter.language, letter.subject) == ("i", "ko", "초대")
    worker.run(once=True)
    (received,) = map(read, office.letters)
    assert received["Subject"] == "초대"
    assert "X-Letter-Kind" not in received
    assert received.get_body(("html",)).get_content().strip() == "<p>안녕하세요</p>"
    assert [part.get_filename() for part in received.iter_attachments()] == ["plan.ics"]
    assert letter.recipients == ["ada@example.org", "cc@x.example"]


def test_a_message_can_be_sent_twice_and_is_left_as_it_was(db):
    message = mail.EmailMessage("Twice", "x", OFFICE, ["ada@example.org"])
    message.send()
    message.send()
    assert message.extra_headers == {}
    assert len({letter.public_id for letter in Letter.objects.all()}) == 2


def test_a_letter_goes_back_with_its_cause(db):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not Letter.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_many_letters_are_one_task_and_one_connection(db, office):
    for n in range(5):
        write(f"reader{n}@example.org")
    assert DBTaskResult.objects.ready().count() == 1
    worker.run(once=True)
    assert len(office.letters) == 5
    assert office.connections == 1


@pytest.mark.parametrize("server", [post_office.hanging, post_office.closed])
def test_no_request_waits_for_a_mail_server_and_no_letter_is_lost(db, settings, server):
    with server() as settings.EMAIL_PORT:
        began = time.monotonic()
        for n in range(3):
            write(f"reader{n}@example.org")
        assert time.monotonic() - began < 0.4
        worker.run(once=True)
        assert time.monotonic() - began < 2  # one time-out for all of them
    letters = Letter.objects.all()
    assert {(letter.state, letter.attempts) for letter in letters} == {("queued", 0)}
    assert all(letter.error for letter in letters)
    assert Letter.objects.troubled().count() == 3
    assert not queries.is_due()
    Letter.objects.update(send_after=timezone.now())
    assert queries.is_due()
    with post_office.working() as (office, settings.EMAIL_PORT):
        actions.send_due.call()
        assert len(office.letters) == 3


def test_letters_that_waited_for_days_fail(db, settings):
    old, young = write("old@example.org"), write("young@example.org")
    Letter.objects.filter(pk=old.pk).update(created=timezone.now() - timedelta(days=4))
    with post_office.closed() as settings.EMAIL_PORT:
        actions.send_due.call()
    assert [Letter.objects.get(pk=letter.pk).state for letter in (old, young)] == ["failed", "queued"]


def test_a_refused_letter_fails_with_the_servers_reason_and_the_others_go(db, office):
    office.refused["nobody@"] = "550 no such person"
    bad, good = write("nobody@example.org"), write()
    worker.run(once=True)
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, bad.error) == ("failed", "550 no such person")
    assert good.state == "sent"
    assert list(Letter.objects.troubled()) == [bad]


def test_a_letter_put_off_is_tried_again_later_and_fails_in_the_end(db, office):
    office.refused["full@"] = "452 mailbox full"
    letter = write("full@example.org")
    for n in range(len(actions.RESTS)):
        actions.send_due.call()
        letter.refresh_from_db()
        assert (letter.state, letter.attempts) == ("queued", n + 1)
        assert letter.send_after > timezone.now() + timedelta(seconds=actions.RESTS[n] - 10)
        Letter.objects.update(send_after=timezone.now())
    actions.send_due.call()
    letter.refresh_from_db()
    assert (letter.state, letter.error) == ("failed", "452 mailbox full")


def test_a_letter_whose_answer_never_came_is_in_doubt_and_not_sent_twice(db, office):
    office.breaks_after_data = True
    letter = write()
    worker.run(once=True)
    letter.refresh_from_db()
    assert (letter.state, len(office.letters)) == ("unknown", 1)
    assert list(Letter.objects.troubled()) == [letter]
    worker.run(once=True)
    assert len(office.letters) == 1


def test_staff_decide_on_a_letter_in_trouble(db, office):
    office.refused["ada@"] = "550 no"
    first, second = write(), write()
    worker.run(once=True)
    office.refused.clear()
    actions.send_again(first)
    actions.discard(second)
    worker.run(once=True)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("sent", "discarded")
    for act in (actions.send_again, actions.discard):
        with pytest.raises(LetterClosed, match="nothing was done"):
            act(first)


def test_old_letters_are_forgotten_and_open_ones_stay(db, office):
    write()
    worker.run(once=True)
    office.refused["ada@"] = "550 no"
    write()
    worker.run(once=True)
    Letter.objects.update(created=timezone.now() - timedelta(days=31))
    assert actions.forget_old.call() == 1
    assert Letter.objects.get().state == "failed"


def test_the_clock_sends_what_is_due(db):
    assert {"mail.send_due", "mail.forget_old"} <= {job.name for job in schedule.jobs()}


@pytest.mark.system
@pytest.mark.each_database
def test_a_worker_killed_while_it_sends_sends_nothing_twice(transactional_db, settings):
    """Twenty letters, a process killed again and again: each is sent once, or is known to be in doubt."""
    with post_office.working() as (office, settings.EMAIL_PORT):
        slow_take, letters = office.take, 20
        office.take = lambda letter: (time.sleep(0.02), slow_take(letter))
        for n in range(letters):
            write(f"reader{n}@example.org")
        kills = 0
        while queries.is_due():
            connections.close_all()
            pid = os.fork()
            if not pid:
                try:
                    actions.send_due.call()
                finally:
                    os._exit(0)
            time.sleep(0.12)
            os.kill(pid, signal.SIGKILL)
            kills += os.waitpid(pid, 0)[1] == signal.SIGKILL
    received = [read(raw)["X-Letter-ID"] for raw in office.letters]
    assert kills
    assert len(received) == len(set(received))
    sent = {str(letter.public_id) for letter in Letter.objects.filter(state="sent")}
    assert sent <= set(received)
    assert (
        Letter.objects.filter(state="sent").count() + Letter.objects.filter(state="unknown").count()
        == letters
    )
