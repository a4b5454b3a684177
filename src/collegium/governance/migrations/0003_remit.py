from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("governance", "0002_owner_and_review_date")]

    operations = [migrations.RenameField(model_name="body", old_name="does", new_name="remit")]
