import pytest
from django.core.exceptions import ValidationError

from collegium.people import identifiers


@pytest.mark.parametrize(
    "text",
    ["0000-0002-1825-0097", "https://orcid.org/0000-0002-1694-233X", "0000-0001-5109-3700"],
)
def test_real_orcid_ids_are_accepted(text):
    assert identifiers.normalize_orcid(text) == text.rpartition("/")[2]


def test_an_orcid_is_brought_to_its_one_form():
    assert identifiers.normalize_orcid(" 000000021694233x ") == "0000-0002-1694-233X"


@pytest.mark.parametrize(
    "text", ["0000-0002-1825-0098", "0000-0002-1694-2330", "0000-0002-1825-009", "", "０000-0002-1825-0097"]
)
def test_what_is_no_orcid_is_refused(text):
    with pytest.raises(ValidationError):
        identifiers.normalize_orcid(text)


def test_a_model_keeps_only_the_one_form():
    identifiers.check_orcid("0000-0002-1694-233X")
    with pytest.raises(ValidationError):
        identifiers.check_orcid("0000-0002-1694-233x")


@pytest.mark.parametrize("ror", ["05gq02987", "00f54p054", "03vek6s52", "https://ror.org/042nb2s44"])
def test_real_ror_ids_are_accepted(ror):
    assert identifiers.normalize_ror(ror) == ror.rpartition("/")[2]


@pytest.mark.parametrize("ror", ["05gq02988", "15gq02987", "05gq0298", "05gqi2987", ""])
def test_what_is_no_ror_id_is_refused(ror):
    with pytest.raises(ValidationError):
        identifiers.normalize_ror(ror)
