"""A term of office points at the person who serves. The name stays as it is shown with the term."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0001_initial"),
        ("people", "0003_persons_of_accounts"),
    ]

    operations = [
        migrations.AddField(
            model_name="term",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="terms_of_office",
                to="people.person",
                verbose_name="person",
            ),
        ),
    ]
