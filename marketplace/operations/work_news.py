"""Who wants to hear of what happens around work: the mails are written a floor up, and listen here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from core.actor import Actor
from marketplace.models import Activity, Offer, SkillProfile, TeamMember, TeamProposal

Thing = TeamMember | TeamProposal | tuple[SkillProfile, Activity | Offer]
Listener = Callable[[str, Thing, Actor, datetime], None]

_listeners: list[Listener] = []


def on_work_news(function: Listener) -> Listener:
    """Have a function told of each event, as the last step of the deed and in its transaction: `team.ask` with the
    member, `team.propose` with the proposal, `skill_profile.approach` with the profile and what help is wanted for."""
    if function not in _listeners:
        _listeners.append(function)
    return function


def tell(event: str, thing: Thing, *, actor: Actor, at: datetime) -> None:
    """This will tell everybody who listens."""
    for listener in _listeners:
        listener(event, thing, actor, at)
