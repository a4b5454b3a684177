from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("events", "0007_owner_and_review_date")]

    operations = [
        migrations.RenameField(model_name="event", old_name="tells_move", new_name="announce_move"),
        migrations.RenameField(model_name="calendarentry", old_name="stamped_at", new_name="changed_at"),
    ]
