"""Dead letters are called failed jobs, as elsewhere."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("work", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("deadletter", "work_one_waiting_letter_a_task"),
        migrations.RemoveConstraint("deadletter", "work_closed_letter_has_outcome"),
        migrations.RenameModel("DeadLetter", "FailedJob"),
        migrations.RenameField("failedjob", "died", "failed_at"),
        migrations.RenameField("attempt", "letter", "failed_job"),
        migrations.AlterModelOptions(
            "failedjob",
            {
                "verbose_name": "failed job",
                "verbose_name_plural": "failed jobs",
                "ordering": ["-failed_at", "-id"],
            },
        ),
        migrations.AlterField(
            "failedjob",
            "failed_at",
            models.DateTimeField(default=django.utils.timezone.now, verbose_name="failed at"),
        ),
        migrations.AlterField(
            "failedjob",
            "task",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="failed_jobs",
                to="django_tasks_database.dbtaskresult",
                verbose_name="task",
            ),
        ),
        migrations.AlterField(
            "failedjob",
            "outcome",
            models.CharField(
                blank=True,
                choices=[("retried", "retried"), ("discarded", "discarded")],
                max_length=10,
                verbose_name="outcome",
            ),
        ),
        migrations.AlterField(
            "attempt",
            "failed_job",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attempts",
                to="work.failedjob",
                verbose_name="failed job",
            ),
        ),
        migrations.AddConstraint(
            "failedjob",
            models.UniqueConstraint(
                condition=models.Q(("closed__isnull", True)),
                fields=("task",),
                name="work_one_open_failure_a_task",
            ),
        ),
        migrations.AddConstraint(
            "failedjob",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed__isnull", True), ("outcome", "")),
                    models.Q(("closed__isnull", False), models.Q(("outcome", ""), _negated=True)),
                    _connector="OR",
                ),
                name="work_closed_failure_has_outcome",
            ),
        ),
    ]
