from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        """Register what the pages show, and what its line in the audit trail says."""
        from home.views import pages  # noqa: F401
        from people.trail import describes

        describes(**{"site.founded": _("This site was set up.")})
