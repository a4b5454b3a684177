"""Lists are ordered by as much of a day as is known; what is there already gets it from its own dates."""

from django.db import migrations, models


def file_all(apps, schema_editor):
    for item in apps.get_model("newsroom", "NewsItem").objects.exclude(date=None).iterator():
        item.filed = str(item.date)
        item.save(update_fields=["filed"])
    for item in apps.get_model("newsroom", "PolicyItem").objects.filter(date=None).exclude(submitted=None):
        item.filed = item.submitted.iso_start()[:10]
        item.save(update_fields=["filed"])


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0005_bodies")]

    operations = [
        migrations.AddField(
            model_name="newsitem",
            name="filed",
            field=models.CharField(blank=True, db_index=True, default="", editable=False, max_length=10),
            preserve_default=False,
        ),
        migrations.RunPython(file_all, migrations.RunPython.noop),
    ]
