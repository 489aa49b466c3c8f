from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portraits', '0001_portraits'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='interest',
            name='interest_value',
        ),
        migrations.AddIndex(
            model_name='interest',
            index=models.Index(fields=['facet', 'value', 'source', 'user', 'score'], name='interest_of_value'),
        ),
    ]
