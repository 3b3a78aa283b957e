"""In the demo nobody waits for the post: the code of a letter is shown on the resident's own page. Nowhere else."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.cache import cache

from core.actor import Actor
from neighbourhoods.models import Attestation, Residency
from neighbourhoods.operations.letters import DAYS_GOOD, print_letter
from neighbourhoods.states import ResidencyState


def send_at_once(residency: Residency, at: datetime) -> None:
    """Make the letter as soon as it is asked for. Nothing happens outside the demo, or when there is a letter."""
    waits = residency.state == ResidencyState.REQUESTED and not residency.code_hash
    if settings.DEMO and waits and residency.attestation == Attestation.CODE_LETTER:
        remember(residency, print_letter(residency=residency, actor=Actor.system(), at=at))


def remember(residency: Residency, code: str) -> None:
    """Keep what the letter says, in the cache of the demo. Outside the demo no code is kept readable."""
    if settings.DEMO:
        cache.set(_key(residency), code, DAYS_GOOD.total_seconds())


def shown(residency: Residency) -> str:
    """The code to show to the resident; empty outside the demo and before there is a letter."""
    return str(cache.get(_key(residency), "")) if settings.DEMO else ""


def _key(residency: Residency) -> str:
    return f"demo-residency-code:{residency.pk}"
