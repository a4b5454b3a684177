from collegium.kit import currencies


def test_currencies_are_those_in_use():
    assert {"USD", "CHF", "JPY", "EUR"} <= currencies.codes()
    assert not {"DEM", "ITL", "XXX", "XTS"} & currencies.codes()


def test_currencies_are_named_in_any_language():
    assert currencies.names("de")["CHF"] == "Schweizer Franken"
    assert ("CHF", "CHF – Swiss Franc") in currencies.choices()
