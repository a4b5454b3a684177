"""Malformed links and forms: ignored for readers, a clear error for authors, never a server error."""

import json

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

import makers
import makers_blocks
from collegium.pages.rich_text import DocumentLink, MalformedRichText, PageLink, RichTextArea

pytestmark = pytest.mark.django_db

BAD_IDS = ["abc", "", "-1", "1.5", "²", "9" * 400, "1;2"]


@pytest.fixture
def page(db):
    return makers_blocks.text_page(makers.home(), "words")


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    return client


def linked(data, kind="LINK"):
    """What the editor sends for the words `Read this`, of which `this` is a link."""
    return json.dumps(
        {
            "blocks": [
                {
                    "key": "a",
                    "type": "unstyled",
                    "text": "Read this",
                    "depth": 0,
                    "inlineStyleRanges": [],
                    "entityRanges": [{"key": 0, "offset": 5, "length": 4}],
                }
            ],
            "entityMap": {"0": {"type": kind, "mutability": "MUTABLE", "data": data}},
        }
    )


def form(body, **facts):
    values = {"title": "Words", "slug": "words", "summary": "", "layout": "plain", "action-publish": "1"}
    values |= {"seo_title": "", "search_description": "", "comments": {}, "body": body}
    data = nested_form_data(values)
    for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS"):
        data[f"comments-{name}"] = "0"
    data["comments-MAX_NUM_FORMS"] = ""
    return data | facts


def saved(page):
    page.refresh_from_db()
    return str(page.body.raw_data[0]["value"]) if page.body else ""


@pytest.mark.parametrize("handler", [PageLink, DocumentLink])
@pytest.mark.parametrize("attributes", [{"id": value} for value in BAD_IDS] + [{}])
def test_a_stored_link_with_a_bad_id_is_plain_text(handler, attributes):
    assert handler.expand_db_attributes_many([attributes]) == ["<a>"]
    assert list(handler.extract_references(attributes)) == []


@pytest.mark.parametrize("kind", ["LINK", "DOCUMENT"])
@pytest.mark.parametrize("value", BAD_IDS)
def test_the_editor_drops_a_link_with_a_bad_id(kind, value):
    area = RichTextArea(features=["link", "document-link"])
    html = area.value_from_datadict({"text": linked({"id": value}, kind)}, {}, "text")
    assert "Read this" in html
    assert "<a" not in html


def test_the_editor_keeps_good_links():
    area = RichTextArea(features=["link", "document-link"])
    assert 'linktype="page" id="7"' in area.value_from_datadict(
        {"text": linked({"id": 7})}, {}, "text"
    ).replace('id="7" linktype="page"', 'linktype="page" id="7"')
    kept = area.value_from_datadict({"text": linked({"url": "https://example.org/"})}, {}, "text")
    assert 'href="https://example.org/"' in kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "[]",
        "{}",
        '{"blocks": 1, "entityMap": {}}',
        '{"blocks": [1], "entityMap": {}}',
        "[" * 9999,
        '{"blocks": [{"type": "unstyled", "entityRanges": [{"key": 5}]}], "entityMap": {}}',
    ],
)
def test_malformed_rich_text_is_refused(text):
    with pytest.raises(MalformedRichText):
        RichTextArea(features=["bold"]).value_from_datadict({"text": text}, {}, "text")


def test_an_empty_editor_is_empty():
    assert RichTextArea(features=["bold"]).value_from_datadict({"text": "null"}, {}, "text") == ""


def test_a_page_published_with_a_broken_link_is_shown(desk, page):
    body = streamfield([("text", linked({"id": "abc"}))])
    assert desk.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form(body)).status_code == 302
    assert "Read this" in saved(page)
    assert "Read this" in desk.get(page.url).content.decode()
    assert desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


@pytest.mark.parametrize(
    "facts",
    [
        {"body-count": "x"},
        {"body-count": "1000000000"},
        {"body-count": "-1", "body-0-order": "y"},
        {"body-0-value": "no json"},
        {"body-0-order": "y"},
        {"body-0-type": "faq"},
        {"body-0-type": "table", "body-0-value-column-count": "z"},
        {"body-0-type": "faq", "body-0-value-questions-count": "9" * 30},
    ],
)
def test_a_damaged_form_is_an_error_in_words(desk, page, facts):
    before = saved(page)
    body = streamfield([("text", rich_text("<p>New</p>"))])
    answer = desk.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form(body, **facts))
    assert saved(page) == before
    assert answer.status_code == 200
    assert "arrived damaged and was not saved" in answer.content.decode()
