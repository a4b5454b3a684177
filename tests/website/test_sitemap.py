"""The sitemap of a large society: a bounded number of queries, whatever it lists."""

from uuid import uuid4

import pytest

import makers
from collegium.events.models import Event
from collegium.website import sitemap

pytestmark = pytest.mark.django_db


def copies(event, number, first=1):
    """`number` published copies of `event` with slugs of their own, made at once."""
    values = {
        field.attname: getattr(event, field.attname)
        for field in Event._meta.concrete_fields
        if not field.primary_key
    }
    rows = [
        Event(**values | {"slug": f"copy-{key}", "translation_key": uuid4()})
        for key in range(first, first + number)
    ]
    Event.objects.bulk_create(rows, batch_size=500)


@pytest.mark.parametrize("number", [3, 3_000])
def test_the_index_costs_the_same_for_any_number_of_records(client, django_assert_num_queries, number):
    makers.events_page()
    copies(makers.event(slug="one"), number)
    client.get("/sitemap.xml")
    with django_assert_num_queries(9):
        index = client.get("/sitemap.xml").content.decode()
    sheets = Event.objects.order_by("-pk").values_list("pk", flat=True)[0] // sitemap.SHEET_SIZE
    assert f"/sitemap-en-events-{sheets}.xml" in index


def test_every_record_stands_on_one_sheet(client):
    makers.events_page()
    copies(makers.event(slug="one"), 2_500)
    numbers = sitemap.sources()["events"].sheets("en")
    urls = [
        client.get(f"/sitemap-en-events-{number}.xml").content.decode().count("<url>") for number in numbers
    ]
    assert sum(urls) == 2_501
    assert max(urls) <= sitemap.SHEET_SIZE
