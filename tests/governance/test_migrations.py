"""Terms of office that stood before there were persons point at persons afterwards."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from collegium.kit import links
from collegium.kit.when import When

BEFORE, AFTER = [("governance", "0001_initial")], [("governance", "0003_persons_of_terms")]


@pytest.fixture
def back(transactional_db):
    """The tables as they stood before, and after the test as they stand now."""
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    yield executor.loader.project_state(BEFORE).apps
    MigrationExecutor(connection).migrate(latest)


def test_terms_of_one_name_become_terms_of_one_person(back):
    Body, Term = back.get_model("governance", "Body"), back.get_model("governance", "Term")
    Revision = back.get_model("wagtailcore", "Revision")
    ContentType = back.get_model("contenttypes", "ContentType")
    locale = back.get_model("wagtailcore", "Locale").objects.get_or_create(language_code="en")[0]
    body = Body.objects.create(slug="board", title="Board", locale=locale)
    for name in ("Dr Imara Quillfeather", "Prof. Imara  Quillfeather", "Li", "Ms Rosa Farthing (observer)"):
        Term.objects.create(body=body, name=name, role="Member", start=When.of("2024", "UTC"))
    kind = ContentType.objects.get_or_create(app_label="governance", model="body")[0]
    draft = Revision.objects.create(
        content_type=kind,
        base_content_type=kind,
        object_id=str(body.pk),
        created_at=timezone.now(),
        content={"terms": [{"name": "Li"}, {"name": "A new one"}]},
    )

    executor = MigrationExecutor(connection)
    executor.migrate(AFTER)
    apps = executor.loader.project_state(AFTER).apps
    terms = apps.get_model("governance", "Term").objects.order_by("pk")
    assert [(term.name, term.person.name) for term in terms] == [
        ("Dr Imara Quillfeather", "Imara Quillfeather"),
        ("Prof. Imara  Quillfeather", "Imara Quillfeather"),
        ("Li", "Li"),
        ("Ms Rosa Farthing (observer)", "Rosa Farthing"),
    ]
    imara = terms[0].person
    assert imara == terms[1].person
    assert imara.public_id == links.stable_uuid("person", "imara-quillfeather")
    assert imara.sorting_name == "Quillfeather, Imara"
    content = apps.get_model("wagtailcore", "Revision").objects.get(pk=draft.pk).content
    assert content["terms"] == [{"name": "Li", "person": terms[2].person.pk}, {"name": "A new one"}]
