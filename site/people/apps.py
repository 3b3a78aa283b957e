from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        """Say in the privacy registry what is kept here, and bind what answers to a sign-in."""
        from people.privacy import register_all

        register_all()
