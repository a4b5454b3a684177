from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("website", "0010_owner_and_review_date")]

    operations = [
        migrations.RemoveConstraint("version", "translated_version_once"),
        migrations.RenameModel("Version", "TranslationStatus"),
        migrations.RenameField("translationstatus", "of", "source_date"),
        migrations.RenameField("translationstatus", "made_from", "translated_hash"),
        migrations.RenameField("translationstatus", "original_is", "source_hash"),
        migrations.RenameField("translationstatus", "gaps", "untranslated"),
    ]
