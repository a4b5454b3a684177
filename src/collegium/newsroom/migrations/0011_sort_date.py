from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0010_owner_and_review_date")]

    operations = [
        migrations.RemoveIndex(model_name="newsitem", name="news_filed"),
        migrations.RenameField(model_name="newsitem", old_name="filed", new_name="sort_date"),
        migrations.AddIndex(
            model_name="newsitem",
            index=models.Index(fields=["sort_date", "page_ptr"], name="news_sort_date"),
        ),
    ]
