from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('belgium', '0002_prices_agreements_papers'),
    ]

    operations = [
        migrations.AddField(
            model_name='speechagreement',
            name='begun_elsewhere',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='speechagreement',
            name='used_elsewhere',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
    ]
