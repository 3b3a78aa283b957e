"""The sealed logs: leaves, nodes and checkpoints, which stay as they are."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from core.append_only import append_only
from core.permanent import only_goes, permanent


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditLeaf",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="place")),
                ("hash", models.BinaryField(max_length=32, verbose_name="hash")),
                ("salt", models.BinaryField(max_length=16, null=True, verbose_name="salt")),
                (
                    "entry",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaf",
                        to="core.auditentry",
                        verbose_name="audit line",
                    ),
                ),
            ],
            options={
                "verbose_name": "sealed audit line",
                "verbose_name_plural": "sealed audit lines",
            },
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("log", models.CharField(max_length=10, verbose_name="log")),
                ("size", models.BigIntegerField(verbose_name="size")),
                ("root", models.BinaryField(max_length=32, verbose_name="root")),
                ("note", models.TextField(verbose_name="signed note")),
                ("made_at", models.DateTimeField(verbose_name="moment")),
            ],
            options={
                "verbose_name": "checkpoint",
                "verbose_name_plural": "checkpoints",
                "constraints": [models.UniqueConstraint(fields=("log", "size"), name="core_checkpoint_once")],
            },
        ),
        migrations.CreateModel(
            name="SealedNode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("log", models.CharField(max_length=10, verbose_name="log")),
                ("level", models.PositiveSmallIntegerField(verbose_name="level")),
                ("number", models.BigIntegerField(verbose_name="number")),
                ("hash", models.BinaryField(max_length=32, verbose_name="hash")),
            ],
            options={
                "verbose_name": "node of a sealed log",
                "verbose_name_plural": "nodes of sealed logs",
                "constraints": [
                    models.UniqueConstraint(fields=("log", "level", "number"), name="core_sealednode_once")
                ],
            },
        ),
        permanent("core_auditleaf", "position", "entry_id", "hash"),
        only_goes("core_auditleaf", "salt"),
        append_only("core_sealednode", "core_checkpoint"),
    ]
