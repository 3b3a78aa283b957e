"""What the database itself refuses about activities: a value changed after signing up, maximum amounts rewritten."""

from __future__ import annotations

from django.db import migrations

from core.append_only import append_only
from core.permanent import permanent


class Migration(migrations.Migration):
    dependencies = [("marketplace", "0004_activities")]

    operations = [
        append_only("marketplace_rewardyear", "marketplace_rewardrule"),
        permanent("marketplace_activity", "ref", "neighbourhood_id", "organiser_id", "made_by_id", "made_at", "key"),
        permanent("marketplace_shift", "ref", "activity_id", "made_at"),
        permanent("marketplace_shiftmessage", "shift_id", "author_id", "at", "key"),
        permanent(
            "marketplace_participation", "ref", "shift_id", "person_id", "value", "unit", "label", "signed_up_at",
            "signed_up_by_id", "key",
        ),
        permanent("marketplace_hoursdispute", "participation_id", "opened_by_id", "opened_at"),
        permanent("marketplace_guardianconsent", "child_id", "guardian_id", "activity_id", "given_at"),
    ]  # fmt: skip
