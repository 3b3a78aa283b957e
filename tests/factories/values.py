"""Values for tests, as plain rows: categories, items, decisions, what holds from a day.

`item(molenwijk, "Voorlezen")` gives an activity per hour; `worth(that, 800)` has it be worth 8.00;
`value_decision(that, state=…)` a decision about it. They write rows and ask nobody: operations have their own tests.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from wagtail.models import Locale

from neighbourhoods.counting import Method
from neighbourhoods.models import (
    Category,
    CategoryText,
    Decider,
    DecisionPolicy,
    ItemKind,
    ItemText,
    Neighbourhood,
    RuleKind,
    Secrecy,
    Subject,
    Unit,
    ValueDecision,
    ValuedItem,
    ValueVersion,
)
from neighbourhoods.states import ValueState
from people.models import Party, User
from tests.factories.democracy import DAY, VOTING, party
from tests.factories.democracy import policy as any_policy

BEFORE = date(2026, 3, 1)
OVER = (ValueState.APPEAL, ValueState.IN_FORCE, ValueState.SUPERSEDED)


def category(
    slug: str = "zorg", *, name: str = "", parent: Category | None = None, cpa: str = "88"
) -> Category:
    """A category with its name in every language."""
    made, is_new = Category.objects.get_or_create(
        slug=slug, defaults={"parent": parent, "cpa": cpa, "position": Category.objects.count()}
    )
    if is_new:
        for locale in Locale.objects.all():
            CategoryText.objects.create(category=made, locale=locale, name=name or slug.capitalize())
    return made


def item(
    neighbourhood: Neighbourhood,
    name: str = "Voorlezen op school",
    *,
    kind: str = ItemKind.ACTIVITY,
    unit: str = Unit.HOUR,
    of: Category | None = None,
    language: str = "nl",
    about: str = "",
) -> ValuedItem:
    """Something that can have a value, with words in one language."""
    made = ValuedItem.objects.create(
        neighbourhood=neighbourhood,
        kind=kind,
        unit=unit,
        category=of or category(),
        made_at=VOTING - 200 * DAY,
    )
    add_words(made, name, language=language, about=about)
    return made


def add_words(of: ValuedItem, name: str, *, language: str, about: str = "") -> ItemText:
    locale = Locale.objects.get(language_code=language)
    return ItemText.objects.create(item=of, locale=locale, name=name, about=about, translation_key=of.ref)


def value_policy(
    neighbourhood: Neighbourhood, decider: str = Decider.RESIDENTS, **more: Any
) -> DecisionPolicy:
    """How values are decided there: by secret median of the residents unless said otherwise."""
    by_board = decider == Decider.BOARD
    return any_policy(
        neighbourhood,
        Subject.VALUE,
        rules=[(RuleKind.HAS_SEAT if by_board else RuleKind.LIVES_HERE, None)],
        **{
            "decider": decider,
            "method": Method.YES_NO if by_board else Method.MEDIAN,
            "secrecy": Secrecy.RECORDED if by_board else Secrecy.SECRET,
            **more,
        },
    )


def value_decision(
    about: ValuedItem,
    *,
    state: str = ValueState.PROPOSED,
    by: User | Party | None = None,
    at: datetime = VOTING,
    **more: Any,
) -> ValueDecision:
    """A decision about an item, 9.00 proposed, with what the database wants of its state."""
    found = (
        more.pop("policy", None)
        or DecisionPolicy.objects.filter(neighbourhood=about.neighbourhood, subject=Subject.VALUE)
        .order_by("-version")
        .first()
    )
    decided: dict[str, Any] = {}
    if state in OVER:
        decided = {
            "decided": None if more.get("is_ending") else 900,
            "decided_at": at,
            "appeals_until": at + 14 * DAY,
            "effective_on": (at + 15 * DAY).date(),
        }
    return ValueDecision.objects.create(
        neighbourhood=about.neighbourhood,
        item=about,
        state=state,
        key=uuid.uuid4(),
        **{
            "policy": found or value_policy(about.neighbourhood),
            "proposed": None if more.get("is_ending") else 900,
            "text": "Er zijn te weinig mensen die dit doen.",
            "language": "nl",
            "proposed_by": party(by) if by else None,
            "proposed_at": at,
            **decided,
            **more,
        },
    )


def worth(about: ValuedItem, amount: int | None, *, on: date = BEFORE, **more: Any) -> ValueVersion:
    """What an item is worth from a day on, with the decision behind it."""
    at = VOTING.replace(year=on.year, month=on.month, day=on.day) - timedelta(days=20)
    made = value_decision(
        about,
        state=ValueState.IN_FORCE,
        at=at,
        decided=amount,
        is_ending=amount is None,
        effective_on=on,
        **more,
    )
    return ValueVersion.objects.create(item=about, effective_on=on, amount=amount, decision=made, made_on=on)
