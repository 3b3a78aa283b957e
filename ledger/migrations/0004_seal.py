"""The leaves of the log of all transfers, which stay as they are but for the salt."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from core.permanent import only_goes, permanent


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0003_write_path"),
    ]

    operations = [
        migrations.CreateModel(
            name="LogLeaf",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="place")),
                ("hash", models.BinaryField(max_length=32, verbose_name="hash")),
                ("salt", models.BinaryField(max_length=16, null=True, verbose_name="salt")),
                (
                    "transfer",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaf",
                        to="ledger.transfer",
                        verbose_name="transfer",
                    ),
                ),
            ],
            options={
                "verbose_name": "sealed transfer",
                "verbose_name_plural": "sealed transfers",
            },
        ),
        permanent("ledger_logleaf", "position", "transfer_id", "hash"),
        only_goes("ledger_logleaf", "salt"),
    ]
