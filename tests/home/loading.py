"""Loading the demo, and counting what is there then."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import StringIO

from django.apps import apps
from django.core.management import call_command
from django.test import override_settings


@dataclass
class Loaded:
    """What the command said and how many rows there were, after the first time and after the second."""

    said: list[str] = field(default_factory=list)
    rows: list[dict[str, int]] = field(default_factory=list)

    def load(self) -> None:
        said = StringIO()
        with override_settings(DEMO=True):
            call_command("load_demo", stdout=said)
        self.said.append(said.getvalue())
        self.rows.append(
            {
                model._meta.label: model._base_manager.count()
                for model in apps.get_models(include_auto_created=True)
            }
        )
