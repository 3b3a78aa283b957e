from __future__ import annotations

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        """Register what the pages show."""
        from home.views import pages  # noqa: F401
