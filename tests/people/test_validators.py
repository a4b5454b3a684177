import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from collegium.people.models import Account

IMARA = Account(email="imara@society.example", first_name="Imara", last_name="Quillfeather")


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaa",
        "123456789012",
        "collegium1234",
        "qwertyuiop12",
        "password12345",
        "imaraquillfeather",
        "Short but odd"[:11],
        "a" * 200,
    ],
)
def test_weak_passwords_are_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, IMARA)


@pytest.mark.parametrize(
    "password", ["tundra velvet ozone kiwi", "9$fQ!mz72-Lw", "무지개 고래 연필 바람개비"]
)
def test_strong_passwords_are_accepted(password):
    validate_password(password, IMARA)
