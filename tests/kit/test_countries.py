import pytest
from django.core.exceptions import ValidationError

from collegium.kit import countries


def test_countries_are_named_in_the_readers_language():
    assert countries.names("en")["CH"] == "Switzerland"
    assert countries.names("ko")["JP"] == "일본"
    assert 240 < len(countries.names("en")) < 260


@pytest.mark.parametrize(
    "code, hint", [("UK", "GB"), ("EL", "GR"), ("EU", "EU is"), ("ZZ", "ZZ is"), ("ch", "ch is")]
)
def test_what_names_no_country_is_refused(code, hint):
    with pytest.raises(ValidationError, match=hint):
        countries.check(code)


def test_a_country_is_let_through():
    countries.check("HK")
