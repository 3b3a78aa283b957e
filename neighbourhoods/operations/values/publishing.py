"""From the page that a board writes in the admin to the plain row that decides.

What stands on a page is a proposal and no more. Publishing it in the language that pages are written in hands it over
once; from the vote on nothing that anybody publishes changes anything, and an older draft never undoes newer terms.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from content.translation import is_source, other_locales, write_translations
from core.actor import Actor
from core.amounts import DECIMALS
from core.clock import day_of
from core.refusals import Refusal
from neighbourhoods.founding import free_slug
from neighbourhoods.models import Decider, Neighbourhood, ValueDecision, ValueDecisionPage, ValuedItem
from neighbourhoods.operations.values.admitting import admit
from neighbourhoods.operations.values.consulting import CHANGEABLE, change_terms
from neighbourhoods.operations.values.items import NewItem
from neighbourhoods.operations.values.proposing import draft, locked, propose_draft
from neighbourhoods.permissions import acting_person
from neighbourhoods.queries.board_values import page_of_decision, page_to_write_below, terms_changed_at
from neighbourhoods.queries.items import question_about, words_of
from neighbourhoods.queries.value_leaders import leads_about
from neighbourhoods.queries.values import Terms, default_terms
from neighbourhoods.states import ValueState
from people.models import User

LONGEST_SLUG: Final = 60


class NoPlaceForPages(Refusal):
    """This neighbourhood has no page about its decisions yet, so nothing can stand below it."""

    code = "value_no_place_for_pages"
    sentence = _("There is no page about decisions here yet. Ask the administrator of the site to add it.")


class Effect(StrEnum):
    """What publishing a page did."""

    PROPOSED = "PROPOSED"  # a draft became a proposal; residents can support it
    ADMITTED = "ADMITTED"  # and came on the agenda at once
    CHANGED = "CHANGED"  # other terms, before the vote
    SAME = "SAME"  # nothing was changed but words
    OLDER = "OLDER"  # the terms were changed after this was written, and stay as they are
    TOO_LATE = "TOO_LATE"  # the vote has begun, or all is over
    FOLLOWS = "FOLLOWS"  # a translation: what it says about amounts counts nowhere


def begin_page(
    *,
    neighbourhood: Neighbourhood,
    item: ValuedItem | NewItem,
    amount: int | None,
    text: str,
    key: UUID,
    actor: Actor,
    user: User,
    at: datetime,
) -> ValueDecisionPage:
    """Begin a page about a value, with the draft that it is the face of. The same key again gives the same page.

    :raises BoardOnly: to whoever is not on the board.
    :raises NoPlaceForPages: when the pages about decisions are missing.
    :raises Refusal: what `draft` says about words and amounts.
    """
    parent = page_to_write_below(neighbourhood)
    if parent is None:
        raise NoPlaceForPages
    with transaction.atomic():
        made = draft(
            neighbourhood=neighbourhood, item=item, amount=amount, text=text, language=settings.LANGUAGE_CODE, key=key,
            actor=actor, at=at,
        )  # fmt: skip
        known = page_of_decision(made)
        if known is not None:
            return known
        title = _question(made, settings.LANGUAGE_CODE)
        name = words_of(made.item, settings.LANGUAGE_CODE).name
        page = ValueDecisionPage(
            decision=made, title=title, slug=free_slug(parent, f"waarde-{slugify(name)[:LONGEST_SLUG]}"),
            terms_amount=as_decimal(amount), live=False, locale=parent.locale, owner=user,
        )  # fmt: skip
        parent.add_child(instance=page)
        for locale in other_locales():
            code = locale.language_code
            write_translations(page, language=code, words={title: _question(made, code)})
        page.save_revision(user=user, log_action=True)
    return page


def publish_terms(*, page: ValueDecisionPage, written_at: datetime, actor: Actor, at: datetime) -> Effect:
    """Hand over what a page proposes, now that it is published. `written_at` is when this version of it was written.

    A draft becomes a proposal, and with evidence comes on the agenda when who publishes it leads the board. What is
    left empty on the page of a proposal leaves the row as it is.

    :raises BoardOnly, LeadersOnly, HasInterest: to whoever may not.
    :raises Refusal: what `propose_draft` and `change_terms` say.
    """
    if not is_source(page):
        return Effect.FOLLOWS
    # Read anew, not from the page: a revision may hold a decision as it was long ago.
    along = ("neighbourhood", "policy", "item__category")
    decision = ValueDecision.objects.select_related(*along).get(pk=page.decision_id)
    if decision.state == ValueState.DRAFT:
        return _propose(decision, page, actor=actor, at=at)
    with transaction.atomic():
        found = locked(decision)  # what the page leaves empty stays as it is now, not as it was read
        left_alone = _left_alone(found, page, written_at)
        if left_alone is not None:
            return left_alone
        change_terms(decision=decision, terms=_wanted(page, found, at), actor=actor, at=at)
    return Effect.CHANGED


def refusal_to_publish(
    *, page: ValueDecisionPage, written_at: datetime, actor: Actor, at: datetime
) -> Refusal | None:
    """What publishing this page would be refused for, tried out and rolled back; None when nothing stands in its way.

    Wagtail publishes first and tells afterwards: so its form asks before.
    """
    refused: Refusal | None = None
    with transaction.atomic():
        try:
            publish_terms(page=page, written_at=written_at, actor=actor, at=at)
        except Refusal as refusal:
            refused = refusal
        transaction.set_rollback(True)
    return refused


def differs(page: ValueDecisionPage, decision: ValueDecision) -> bool:
    """Whether a page proposes something else than its decision; what it leaves empty it does not propose."""
    said = {
        "proposed": as_minor(page.terms_amount), "volume": page.terms_volume, "wanted_on": page.terms_from,
    }  # fmt: skip
    return any(value is not None and value != getattr(decision, name) for name, value in said.items())


def as_minor(amount: Decimal | None) -> int | None:
    """An amount of a page in minor units; its field has as many decimals as every coin."""
    return None if amount is None else int(amount.scaleb(DECIMALS))


def as_decimal(minor: int | None) -> Decimal | None:
    """Minor units as a page keeps them."""
    return None if minor is None else Decimal(minor).scaleb(-DECIMALS)


def _propose(decision: ValueDecision, page: ValueDecisionPage, *, actor: Actor, at: datetime) -> Effect:
    with transaction.atomic():
        propose_draft(
            decision=decision, amount=as_minor(page.terms_amount), volume=page.terms_volume,
            evidence=page.terms_evidence, wanted_on=page.terms_from, actor=actor, at=at,
        )  # fmt: skip
        person = acting_person(actor)
        leads = person is not None and leads_about(decision, person, day_of(at))
        if not (page.terms_evidence.strip() and leads):
            return Effect.PROPOSED
        admit(decision=decision, actor=actor, at=at)
    return Effect.ADMITTED


def _left_alone(decision: ValueDecision, page: ValueDecisionPage, written_at: datetime) -> Effect | None:
    """Why nothing is changed, when that is so."""
    if not differs(page, decision):
        return Effect.SAME
    if decision.state not in CHANGEABLE:
        return Effect.TOO_LATE
    changed_at = terms_changed_at(decision)
    is_older = changed_at is not None and written_at < changed_at
    return Effect.OLDER if is_older else None


def _wanted(page: ValueDecisionPage, decision: ValueDecision, at: datetime) -> Terms:
    """The terms of a page over those that stand. On the agenda nobody said yet between which amounts is chosen, or how
    often it is expected: then as the clock would take it."""
    proposed = as_minor(page.terms_amount)
    decision.proposed = decision.proposed if proposed is None else proposed
    usual = default_terms(decision, day_of(at))
    volume = decision.volume if decision.state == ValueState.PROPOSED else usual.volume
    terms = Terms(
        proposed=decision.proposed, volume=page.terms_volume or volume, low=decision.low,
        high=decision.high, step=decision.step, wanted_on=page.terms_from or decision.wanted_on,
    )  # fmt: skip
    chosen = decision.policy.decider != Decider.BOARD and not decision.is_ending
    if decision.state != ValueState.ADMITTED or not chosen or decision.low is not None:
        return terms
    return replace(terms, low=usual.low, high=usual.high, step=usual.step)


def _question(decision: ValueDecision, language: str) -> str:
    with override(language):
        return question_about(decision.item, is_ending=decision.is_ending, language=language)
