import pytest

from collegium.audit.models import Entry
from collegium.mail.models import Letter

pytestmark = pytest.mark.django_db
LIST = "/admin/letters/"


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    return client


@pytest.fixture
def letter():
    return Letter.objects.create(
        sender="office@society.example",
        recipients=["ada@example.org"],
        subject="Your place",
        state="failed",
        error="550 no such person",
    )


def test_the_list_says_which_letter_failed_and_why(desk, letter):
    html = desk.get(LIST).content.decode()
    for text in ("ada@example.org", "Your place", "550 no such person"):
        assert text in html


def test_letters_that_are_sent_or_on_their_way_are_not_listed(desk, letter):
    Letter.objects.update(state="queued", error="")
    assert "Every letter was sent" in desk.get(LIST).content.decode()


@pytest.mark.parametrize(
    "verb, state, recorded",
    [("send-again", "queued", "letter.sent_again"), ("discard", "discarded", "letter.discarded")],
)
def test_staff_decide_and_it_is_recorded(desk, letter, verb, state, recorded):
    assert desk.post(f"{LIST}{letter.pk}/{verb}/").status_code == 302
    letter.refresh_from_db()
    assert letter.state == state
    assert Entry.objects.about(letter).get().verb == recorded


def test_what_was_sent_meanwhile_is_left_alone(desk, letter):
    Letter.objects.update(state="discarded")
    html = desk.post(f"{LIST}{letter.pk}/send-again/").content.decode()
    assert "nothing was done" in html


def test_others_see_none_of_it(client, letter):
    import makers_desk

    client.force_login(makers_desk.account("Editors"))
    assert client.get(LIST).status_code in (302, 403)
    assert client.post(f"{LIST}{letter.pk}/discard/").status_code in (302, 403)
    letter.refresh_from_db()
    assert letter.state == "failed"
