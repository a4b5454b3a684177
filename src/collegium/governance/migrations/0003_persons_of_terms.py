"""Terms of office point at persons.

Terms of one name, without titles, become terms of one person, whom content packs call by that name. Saved
versions of a body get the same persons, so that no draft loses them.
"""

import re
import uuid

from anyascii import anyascii
from django.db import migrations

TITLES = re.compile(r"^(?:(?:dr|prof|professor|mr|mrs|ms|sir|dame|rev)\b\.?\s+)+", re.IGNORECASE)
NOTES = re.compile(r"\s*\([^()]*\)\s*$")


def bare(name):
    return " ".join(NOTES.sub("", TITLES.sub("", name.strip())).split())


def public_id(name):
    key = re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower().replace("'", "")).strip("-")
    return uuid.uuid5(uuid.NAMESPACE_URL, f"collegium:person/{key}")


def person_for(apps, name):
    Person = apps.get_model("people", "Person")
    name = bare(name) or name
    given, _, family = name.rpartition(" ")
    named = {"name": name, "sorting_name": f"{family}, {given}" if given else family}
    return Person.objects.get_or_create(public_id=public_id(name), defaults=named)[0]


def link(apps, schema_editor):
    Term = apps.get_model("governance", "Term")
    persons = {}
    for term in Term.objects.order_by("pk").iterator(chunk_size=500):
        if not term.name.strip():
            continue
        person = persons.get(term.name) or persons.setdefault(term.name, person_for(apps, term.name))
        Term.objects.filter(pk=term.pk).update(person=person)
    link_saved_versions(apps, persons)


def link_saved_versions(apps, persons):
    Revision = apps.get_model("wagtailcore", "Revision")
    ContentType = apps.get_model("contenttypes", "ContentType")
    body = ContentType.objects.filter(app_label="governance", model="body").first()
    for revision in Revision.objects.filter(content_type=body).iterator(chunk_size=100):
        for term in revision.content.get("terms", []):
            if person := persons.get(term.get("name")):
                term["person"] = person.pk
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0002_term_person"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(link, migrations.RunPython.noop)]
