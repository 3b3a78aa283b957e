"""What is kept about persons who propose, support, react to and decide about values."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.privacy import Kept, OnErasure, keeps

HOW_IT_CAME = _("How a value came about must stay known. Your name goes.")


def register_all() -> None:
    """Called when the app is ready."""
    keeps(
        Kept(
            model="neighbourhoods.ValueDecision", paths=("proposed_by", "proposed_for"),
            what=_("Values that you proposed"), why=_("To decide about them."), on_erasure=OnErasure.EMPTY,
            stays=_("That somebody proposed it, and what was decided. Your words and name go."),
            empty=(("text", ""), ("evidence", "")), empty_by=("proposed_by",), secret=("key",),
        ),
        Kept(
            model="neighbourhoods.ValueSupport", paths=("person",), what=_("Proposed values that you support"),
            why=_("To know when enough residents support one. Nobody else sees that you do."),
            on_erasure=OnErasure.DELETE,
        ),
        Kept(
            model="neighbourhoods.ValueComment", paths=("author",), what=_("Reactions to proposed values"),
            why=_("So that everybody can weigh them before the vote."), on_erasure=OnErasure.EMPTY,
            stays=_("That somebody reacted. Your words and name go."), empty=(("text", ""),),
            secret=("key", "hidden_by"),
        ),
        Kept(
            model="neighbourhoods.ValueConsent", paths=("given_by",),
            what=_("Answers about values that you gave for a municipality"),
            why=_("To know who answered for the municipality."), on_erasure=OnErasure.KEEP, stays=HOW_IT_CAME,
        ),
        Kept(
            model="neighbourhoods.ValueGuideline", paths=("made_by", "municipality"),
            what=_("Guidelines for values that you entered for a municipality"),
            why=_("To know who entered them."), on_erasure=OnErasure.KEEP, stays=HOW_IT_CAME,
        ),
        Kept(
            model="neighbourhoods.Indication", paths=("made_by", "organisation"),
            what=_("Values that you indicated for an organisation"), why=_("To weigh them before a decision."),
            on_erasure=OnErasure.KEEP, stays=HOW_IT_CAME,
        ),
        Kept(
            model="neighbourhoods.PotRule", paths=("organiser",), what=_("Which organisers a pot pays through"),
            why=_("So that money with a purpose goes there."), on_erasure=OnErasure.KEEP,
            stays=_("This is about an organisation, not about a person."), shown=False,
        ),
    )  # fmt: skip
