from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("website", "0012_translation_status_options")]

    operations = [
        migrations.RenameField(model_name="textpage", old_name="composition", new_name="layout"),
        migrations.AlterField(
            model_name="textpage",
            name="layout",
            field=models.CharField(
                choices=[
                    ("plain", "Plain: the text in one column"),
                    ("guide", "Guide: a long text with its table of contents beside it"),
                    ("index", "Index page: lists the pages below it"),
                ],
                default="plain",
                help_text="The chapters of a guide start at its second-level headings.",
                max_length=10,
                verbose_name="layout",
            ),
        ),
    ]
