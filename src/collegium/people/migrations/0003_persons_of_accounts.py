"""Each account with a given and a family name gets a person, with the address of the account, not proven."""

from django.db import migrations


def give_persons(apps, schema_editor):
    Account, Person = apps.get_model("people", "Account"), apps.get_model("people", "Person")
    PersonEmail = apps.get_model("people", "PersonEmail")
    named = Account.objects.exclude(first_name="").exclude(last_name="").filter(person=None)
    for account in named.order_by("pk"):
        given, family = account.first_name.strip(), account.last_name.strip()
        person = Person.objects.create(
            name=f"{given} {family}", sorting_name=f"{family}, {given}", given_name=given[:100]
        )
        PersonEmail.objects.create(person=person, address=account.email, is_primary=True)
        Account.objects.filter(pk=account.pk).update(person=person)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_pictures")]

    operations = [migrations.RunPython(give_persons, migrations.RunPython.noop)]
