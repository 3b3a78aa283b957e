"""What has a value, for the price list, and how that came about, for each item. A fixed number of queries each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from core.models import AuditEntry
from neighbourhoods.models import (
    Category,
    CategoryText,
    Indication,
    ItemText,
    Neighbourhood,
    PriceListPage,
    TaggedItem,
    ValueDecision,
    ValuedItem,
    ValueVersion,
    ValueVote,
)
from neighbourhoods.models.value_decision import RUNNING
from neighbourhoods.queries.items import Words, valued_on, with_words, words_of
from neighbourhoods.queries.places import page_of
from neighbourhoods.states import ValueState
from people.models import Mandate, Party, PartyKind

WITH_TAG = TaggedItem.objects.select_related("tag")


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What an item is worth, in minor units, since which day, and the decision about it that is going on."""

    item: ValuedItem
    words: Words
    amount: int
    since: date
    running: ValueDecision | None

    @property
    def branch(self) -> Category:
        """The broadest category that it falls under."""
        return self.item.category.parent or self.item.category


def prices_on(neighbourhood: Neighbourhood, on: date) -> list[Price]:
    """All that has a value on a day, in the order of the list."""
    return [_price(item) for item in sorted(for_list(valued_on(neighbourhood, on)), key=_order)]


def for_list(items: QuerySet[ValuedItem]) -> QuerySet[ValuedItem]:
    """The same with all that a list says of them: words, categories, tags, and what is being decided."""
    running = ValueDecision.objects.filter(state__in=RUNNING).prefetch_related(
        Prefetch("votes", ValueVote.objects.select_related("box"))
    )
    parents = CategoryText.objects.select_related("locale")
    return (
        with_words(items)
        .select_related("category__parent")
        .prefetch_related(
            Prefetch("category__parent__texts", parents),
            Prefetch("tagged", WITH_TAG),
            Prefetch("decisions", running, to_attr="running"),
        )
    )


def first_values(neighbourhood: Neighbourhood, on: date) -> list[ValuedItem]:
    """What has no value on a day and was decided to get one, in the order of the list."""
    has_one = valued_on(neighbourhood, on).values("pk")
    decided = ValueDecision.objects.filter(
        neighbourhood=neighbourhood, state=ValueState.APPEAL, decided__isnull=False
    )
    items = ValuedItem.objects.filter(pk__in=decided.values("item")).exclude(pk__in=has_one)
    return sorted(for_list(items), key=_order)


def running_of(item: ValuedItem) -> ValueDecision | None:
    """The decision about an item that is going on, of an item that came through `for_list`."""
    running: list[ValueDecision] = item.running  # type: ignore[attr-defined]
    return running[0] if running else None


def _order(item: ValuedItem) -> tuple[int, int, str, int]:
    """By category, there by name."""
    branch = item.category.parent or item.category
    return branch.position, item.category.position, words_of(item).name.casefold(), item.pk


def _price(item: ValuedItem) -> Price:
    return Price(
        item=item,
        words=words_of(item),
        amount=item.amount,  # type: ignore[attr-defined]  # annotated by valued_on
        since=item.since,  # type: ignore[attr-defined]
        running=running_of(item),
    )


def search(prices: Iterable[Price], asked: str) -> list[Price]:
    """Those in which each word that was asked for occurs, in any language: in name, description, tags or category.

    Here and not in the database: these are some hundreds at most, and SQLite knows no capitals beyond a to z.
    """
    wanted = asked.casefold().split()
    return [price for price in prices if all(word in _searched(price.item) for word in wanted)]


def _searched(item: ValuedItem) -> str:
    said = [part for text in item.texts.all() for part in (text.name, text.about)]
    said += tags_of(item)
    for category in filter(None, (item.category, item.category.parent)):
        said += [text.name for text in category.texts.all()]
    return "\n".join(said).casefold()


def with_history(neighbourhood: Neighbourhood, until: date) -> QuerySet[ValuedItem]:
    """All that has or had a value up to a day, with every version of it in `history`, the oldest first."""
    history = ValueVersion.objects.filter(effective_on__lte=until).select_related("decision")
    had = ValueVersion.objects.filter(item__neighbourhood=neighbourhood, effective_on__lte=until)
    return (
        with_words(ValuedItem.objects.filter(pk__in=had.values("item")))
        .order_by("pk")
        .prefetch_related(Prefetch("versions", history.order_by("effective_on"), to_attr="history"))
    )


def history_of(item: ValuedItem, until: date) -> list[ValueVersion]:
    """All that an item has been worth up to a day, with the decisions behind it, the oldest first."""
    found = ValueVersion.objects.filter(item=item, effective_on__lte=until)
    return list(found.select_related("decision").order_by("effective_on"))


def changes(neighbourhood: Neighbourhood, until: date, most: int) -> list[ValueVersion]:
    """The last changes of the price list up to a day, the newest first, each with `before`: what it was."""
    former = ValueVersion.objects.filter(
        item=OuterRef("item"), effective_on__lt=OuterRef("effective_on")
    ).order_by("-effective_on")
    found = (
        ValueVersion.objects.filter(item__neighbourhood=neighbourhood, effective_on__lte=until)
        .annotate(before=Subquery(former.values("amount")[:1]))
        .select_related("item", "decision")
        .prefetch_related(Prefetch("item__texts", ItemText.objects.select_related("locale")))
    )
    return list(found.order_by("-effective_on", "-pk")[:most])


def coming_changes(neighbourhood: Neighbourhood, after: date) -> list[ValueDecision]:
    """What was decided and begins after a day, the first to begin first, each with `before`: what it is until then.
    Two queries at the most."""
    present = (
        ValueVersion.objects.filter(item=OuterRef("item"), effective_on__lte=after)
        .order_by("-effective_on")
        .values("amount")[:1]
    )
    found = ValueDecision.objects.filter(
        neighbourhood=neighbourhood, state=ValueState.APPEAL, effective_on__gt=after, decided_at__isnull=False
    ).annotate(before=Subquery(present))
    along = Prefetch("item__texts", ItemText.objects.select_related("locale"))
    return list(found.select_related("item__category").prefetch_related(along).order_by("effective_on", "pk"))


def running_about(item: ValuedItem) -> ValueDecision | None:
    """The decision about an item that is going on, with its votes."""
    found = ValueDecision.objects.filter(item=item, state__in=RUNNING).select_related("policy")
    return found.prefetch_related(Prefetch("votes", ValueVote.objects.select_related("box"))).first()


def last_indications(item: ValuedItem) -> list[Indication]:
    """What each organisation said last of an item, the newest first."""
    said = Indication.objects.filter(item=item).select_related("organisation__organisation_details")
    last: dict[int, Indication] = {}
    for one in said.order_by("-made_at", "-pk"):
        last.setdefault(one.organisation_id, one)
    return list(last.values())


def tags_of(item: ValuedItem) -> list[str]:
    """By name; no query for an item that came through `for_list` or `item_at`."""
    return sorted(one.tag.name for one in item.tagged.all())


def item_at(ref: UUID) -> ValuedItem | None:
    """The item that an address is about, with its words and its place."""
    found = with_words(ValuedItem.objects.filter(ref=ref)).select_related(
        "category__parent",
        "neighbourhood__coin",
        "neighbourhood__logo",
        "neighbourhood__municipality__organisation_details",
    )
    return found.prefetch_related(Prefetch("tagged", WITH_TAG)).first()


def price_list_page(neighbourhood: Neighbourhood, language: str) -> PriceListPage | None:
    """The page of the price list in a language."""
    front = page_of(neighbourhood, language)
    return PriceListPage.objects.live().child_of(front).first() if front else None


def public_items(neighbourhood: Neighbourhood) -> QuerySet[ValuedItem]:
    """What everybody may see. What stands in drafts of the board alone (`queries.values.is_for_board`), also in some
    that were thrown away, is seen by nobody else."""
    about = ValueDecision.objects.filter(item=OuterRef("pk"))
    lines = AuditEntry.objects.filter(
        subject_model=ValueDecision._meta.label, subject_id=Cast(OuterRef("pk"), CharField())
    )
    was_draft = Exists(lines.filter(event="value_decision.draft"))
    was_proposed = Exists(lines.filter(event="value_decision.propose"))
    thrown_away = Q(state=ValueState.WITHDRAWN) & Q(was_draft) & ~Q(was_proposed)
    told = about.exclude(state=ValueState.DRAFT).filter(~thrown_away)
    return ValuedItem.objects.filter(~Exists(about) | Exists(told), neighbourhood=neighbourhood)


def is_public(item: ValuedItem) -> bool:
    """Whether everybody may see an item."""
    return public_items(item.neighbourhood).filter(pk=item.pk).exists()


def speaks_for(person: Party, roles: Collection[str], on: date) -> list[Party]:
    """The organisations for which a person holds one of these offices on a day, by name."""
    held = Mandate.objects.in_force(on).held_by(person).filter(role__in=roles)
    found = Party.objects.filter(pk__in=held.values("principal")).exclude(
        kind__in=[PartyKind.PERSON, PartyKind.HOUSEHOLD]
    )
    return sorted(found.with_names(), key=lambda one: (one.display_name.casefold(), one.pk))
