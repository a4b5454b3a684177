import pytest

from collegium.edge import parameters


@pytest.mark.parametrize(
    "query, kept, storable",
    (
        ("", "", True),
        ("utm_source=x&fbclid=y", "", True),
        ("page=2", "page=2", True),
        ("page=2&kind=webinar&x=1", "kind=webinar&page=2", True),
        ("page=1&page=2", "page=1&page=2", True),
        ("zone=Europe%2FZurich", "zone=Europe%2FZurich", True),
        ("p%61ge=2", "page=2", True),
        ("q=cells", "q=cells", False),
        ("q=", "q=", True),
        ("zone=" + "x" * 65, "zone=" + "x" * 65, False),
        ("&".join(["page=1"] * 13), "&".join(["page=1"] * 13), False),
        ("&&=&", "", True),
    ),
)
def test_what_is_kept_of_a_query(query, kept, storable):
    assert parameters.normalized_query(query) == (kept, storable)
