"""Every kind of page in the demonstration renders without asking our objects for names that they lack."""

import re

import pytest

from scaffold import template_names

ELSEWHERE = ["/look/", "/en/nothing-here/", "/en/evnts/", "/ko/education/clinicians/", "/admin/login/"]


def addresses(client):
    """The first two addresses of each place and depth in the sitemap of English pages and records."""
    index = client.get("/sitemap.xml").content.decode()
    chosen: dict[tuple[str, int], list[str]] = {}
    for part in re.findall(r"<loc>https?://[^/]+(/sitemap-en-[^<]+)</loc>", index):
        for path in re.findall(r"<loc>https?://[^/]+([^<]+)</loc>", client.get(part).content.decode()):
            steps = path.strip("/").split("/")
            chosen.setdefault((steps[1] if steps[1:] else "", len(steps)), []).append(path)
    return [path for paths in chosen.values() for path in paths[:2]]


def test_templates_ask_our_objects_only_for_names_that_they_have(demo, client):
    paths = addresses(client)
    assert len(paths) > 15
    with template_names.missing() as names:
        for path in [*paths, *ELSEWHERE]:
            client.get(path)
    assert not names, sorted(names)


@pytest.mark.parametrize(
    "name, told", [("title", set()), ("heading", {"Suggestion has no “heading” (<none>)"})]
)
def test_a_name_that_is_missing_is_told(name, told):
    from django.template import Context, Template

    from collegium.website.not_found import Suggestion

    with template_names.missing() as names:
        Template(f"{{{{ one.{name} }}}}", name="<none>").render(Context({"one": Suggestion("A", "/a/")}))
    assert names == told
