import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def keep_the_last_pass(apps, schema_editor):
    """What was passed before is one pass, with the best result: nothing else was written down."""
    records = apps.get_model("courses", "ActivityRecord").objects.filter(passed=True, last_passed_at__isnull=False)
    model = apps.get_model("courses", "ActivityPass")
    known = records.values_list("user_id", "activity_key", "best_fraction", "last_passed_at").iterator(2000)
    model.objects.bulk_create(
        (model(user_id=user, activity_key=key, fraction=fraction, at=at) for user, key, fraction, at in known),
        batch_size=2000,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0011_media_blocks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ActivityPass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('activity_key', models.UUIDField()),
                ('fraction', models.DecimalField(decimal_places=5, max_digits=6, null=True)),
                ('at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activity_passes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'pass of an activity',
                'verbose_name_plural': 'passes of activities',
                'constraints': [models.UniqueConstraint(fields=('user', 'activity_key', 'at'), name='activity_pass_once')],
            },
        ),
        migrations.RunPython(keep_the_last_pass, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='activityrecord',
            name='last_passed_at',
        ),
    ]
