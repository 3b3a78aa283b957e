"""What is kept about persons in this app: where they live and sit, and how they took part in deciding."""

from __future__ import annotations

from neighbourhoods.privacy import decisions, places, values


def register_all() -> None:
    """Called when the app is ready."""
    places.register_all()
    decisions.register_all()
    values.register_all()
