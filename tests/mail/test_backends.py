from email import message_from_bytes, policy

import pytest
from django.core.mail import EmailMessage, send_mail

from collegium.mail import actions
from collegium.mail.models import Letter


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.EMAIL_BACKEND = "collegium.mail.backends.OutboxBackend"
    settings.MAIL_DELIVERY_BACKEND = "collegium.mail.backends.EmlFileBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


def test_letters_become_files_that_a_mail_program_opens(db, files):
    send_mail("Grüße", "Dear Ada", "office@society.example", ["ada@example.org"])
    actions.send_due.call()
    (path,) = files.iterdir()
    assert path.suffix == ".eml"
    letter = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert (letter["Subject"], letter["To"]) == ("Grüße", "ada@example.org")
    assert Letter.objects.get().state == "sent"


def test_a_message_without_recipients_is_no_letter(db):
    assert EmailMessage("x", "y", "office@society.example", []).send() == 0
    assert not Letter.objects.exists()


def test_a_forged_header_is_refused(db):
    with pytest.raises(ValueError, match="newlines"):
        send_mail("Hello\nBcc: all@example.org", "x", "office@society.example", ["ada@example.org"])
    assert not Letter.objects.exists()


def test_a_folder_that_cannot_be_written_leaves_the_letter_waiting(db, settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.EMAIL_FILE_PATH = str(tmp_path / "file" / "mail")
    send_mail("x", "y", "office@society.example", ["ada@example.org"])
    actions.send_due.call()
    letter = Letter.objects.get()
    assert letter.state == "queued"
    assert "NotADirectoryError" in letter.error
