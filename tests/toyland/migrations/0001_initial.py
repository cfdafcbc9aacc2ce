import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("patients", "0003_folded_alike"), ("people", "0003_people_and_powers")]
    operations = [
        migrations.CreateModel(
            name="ToyPatient",
            fields=[
                (
                    "patient",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="toy",
                        serialize=False,
                        to="patients.patient",
                    ),
                ),
                ("member", models.CharField(blank=True, max_length=8)),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.practice"
                    ),
                ),
            ],
        ),
    ]
