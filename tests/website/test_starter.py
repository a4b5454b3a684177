"""The pack for a society that starts empty: what its first visitor sees."""

import re
from pathlib import Path

import pytest

from collegium.intake.actions import load_pack

STARTER = Path(__file__).resolve().parents[2] / "packs" / "starter"

pytestmark = pytest.mark.django_db


@pytest.fixture
def starter() -> None:
    load_pack(STARTER)


def test_a_site_that_starts_empty_says_so_nicely(client, starter):
    home = client.get("/en/").content.decode()
    assert "Nothing announced just now" in home
    assert "No news yet" in home
    assert "demonstration" not in home.lower()


def test_no_link_of_a_site_that_starts_empty_leads_nowhere(client, starter):
    seen, todo = set(), {"/en/"}
    while todo:
        path = todo.pop()
        seen.add(path)
        response = client.get(path, follow=True)
        assert response.status_code == 200, path
        if "text/html" in response.headers["Content-Type"]:
            links = re.findall(r'href="(/[^"#?]*)', response.content.decode())
            todo |= {link for link in links if not link.startswith(("/static/", "/admin/"))} - seen
    assert {"/en/events/", "/en/news/", "/en/contact/", "/en/accessibility/"} <= seen


def test_what_is_to_be_filled_in_is_marked_on_each_of_its_pages():
    for page in sorted((STARTER / "pages").glob("*.md")):
        text = page.read_text()
        assert re.search(r"\[[^\]]+\](?!\()", text), f"{page.name} marks nothing to fill in"
        assert re.search(r"^\*.*\*$", text, re.MULTILINE), f"{page.name} does not say that it is a draft"
