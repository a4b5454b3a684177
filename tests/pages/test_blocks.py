import pytest
from wagtail.blocks import StructBlockValidationError

from collegium.pages.blocks import LinkBlock


@pytest.mark.parametrize("where", [{}, {"url": "https://a.example/", "feed": "news"}])
def test_a_link_leads_to_one_place(where):
    value = {"title": "A", "text": "", "page": None, "url": "", "feed": ""} | where
    with pytest.raises(StructBlockValidationError):
        LinkBlock().clean(value)
