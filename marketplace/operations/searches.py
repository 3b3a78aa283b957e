"""Saved searches: what somebody looks for, and the mail about what is new in it.

A mail tells of all searches of a person that are due, at most once a day. What it tells of is settled here, in the
transaction that puts it in line: who saves, changes or removes a search meanwhile changes no mail.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.refusals import NotAllowed, Refusal
from marketplace.models import Every, SavedSearch
from marketplace.operations.clock import each, watched
from marketplace.queries.branches import Branch, branches
from marketplace.queries.distance import slugs_of_places
from marketplace.queries.listing import Listing
from marketplace.queries.search import Search, read
from neighbourhoods.permissions import acting_person, is_self
from people.models import Party
from people.queries import canonical

MOST: Final = 20
LONGEST_NAME: Final = 80
MAILED_FROM: Final = time(7)  # nobody needs to hear of this at night
LONGEST_QUERY: Final = 500


class News(NamedTuple):
    """That there is something new in a search, since a moment."""

    search: SavedSearch
    since: datetime


# Whoever mails is registered here; it is told whose searches have news, and until which moment was looked.
tellers: list[Callable[[Party, list[News], datetime], None]] = []


class SavedAlready(Refusal):
    """The same search is on their list."""

    code = "search_saved_already"
    sentence = _("You saved this search already.")


class TooManySearches(Refusal):
    """A list that nobody can keep in view."""

    code = "too_many_searches"
    sentence = _("You have 20 saved searches. Remove one first.")


class SearchTooLong(Refusal):
    """It does not fit in its row."""

    code = "search_too_long"
    sentence = _("This search is too long to save. Make fewer choices.")


def save_search(*, search: Search, name: str, every: str, actor: Actor, at: datetime) -> SavedSearch:
    """Put a search on the list of the person who acts. They hear of what comes from now on.

    :raises SearchTooLong: when it does not fit.
    :raises SavedAlready: when it is on their list.
    :raises TooManySearches: when that list is full.
    """
    person = _person(actor)
    if len(search.address) > LONGEST_QUERY:
        raise SearchTooLong
    with transaction.atomic():
        Party.objects.select_for_update().get(
            pk=person.pk
        )  # two at once would both find the list short enough
        mine = SavedSearch.objects.filter(person=person)
        if mine.filter(neighbourhood=search.place, query=search.address).exists():
            raise SavedAlready
        if mine.count() >= MOST:
            raise TooManySearches
        saved = SavedSearch.objects.create(
            person=person, neighbourhood=search.place, query=search.address, name=name[:LONGEST_NAME], every=every,
            made_at=at, sent_at=at,
        )  # fmt: skip
        record("saved_search.save", subject=saved, actor=actor, at=at, about=[person])
    return saved


def change_search(*, search: SavedSearch, every: str, actor: Actor, at: datetime) -> None:
    """How often its owner hears of it. What came while they wanted no mail is not told afterwards."""
    _check_own(search, actor)
    with transaction.atomic():
        saved = SavedSearch.objects.select_for_update().get(pk=search.pk)
        saved.sent_at = at if saved.every == Every.NEVER else saved.sent_at
        saved.every = every
        saved.save(update_fields=["every", "sent_at"])


def stop_mail(*, search: SavedSearch) -> None:
    """No mail about it any more, at the word of whoever has the link in the mail. The search stays."""
    SavedSearch.objects.filter(pk=search.pk).update(every=Every.NEVER)


def remove_search(*, search: SavedSearch, actor: Actor, at: datetime) -> None:
    _check_own(search, actor)
    with transaction.atomic():
        record("saved_search.remove", subject=search, actor=actor, at=at, about=[search.person])
        search.delete()


def search_of(
    saved: SavedSearch, tree: list[Branch] | None = None, places: Sequence[str] | None = None
) -> Search:
    """What was saved, read as the address that it was: what is no longer there is left out. Whoever reads many gives
    the categories and the slugs of all neighbourhoods, so that they are asked once."""
    tree = branches() if tree is None else tree
    if places is None:
        places = slugs_of_places() if "near=" in saved.query else []
    return read(QueryDict(saved.query), place=saved.neighbourhood, branches=tree, places=places)[0]


def _person(actor: Actor) -> Party:
    """:raises NotAllowed: to the system: it looks for nothing."""
    person = acting_person(actor)
    if person is None:
        raise NotAllowed
    return canonical(person)


def _check_own(search: SavedSearch, actor: Actor) -> None:
    if not is_self(actor, search.person):
        raise NotAllowed


# --- By the clock ----------------------------------------------------------------------------------------------------


@watched
def tell_of_new(now: datetime) -> int:
    """Have whoever mails tell each person once of all their searches that are due and have something new. Gives how
    many persons are told."""
    if localtime(now).time() < MAILED_FROM:
        return 0
    tree, places = branches(), slugs_of_places()
    persons = due_searches(now).order_by("person").values_list("person", flat=True).distinct()
    return each("Saved searches of", list(persons), lambda person: _tell(person, now, tree, places))


def due_searches(now: datetime) -> QuerySet[SavedSearch]:
    """Those whose owner was last told on an earlier day, or a week ago."""
    midnight = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    is_due = Q(every=Every.DAY, sent_at__lt=midnight)
    return SavedSearch.objects.filter(is_due | Q(every=Every.WEEK, sent_at__lt=midnight - timedelta(days=6)))


def _tell(person: int, now: datetime, tree: list[Branch], places: Sequence[str]) -> bool:
    """One person, in a transaction of their own."""
    with transaction.atomic():
        holder = Party.objects.select_for_update().get(pk=person)
        due = list(due_searches(now).filter(person=holder).select_related("neighbourhood").order_by("pk"))
        news = [News(saved, saved.sent_at) for saved in due if _has_news(saved, now, tree, places)]
        SavedSearch.objects.filter(pk__in=[saved.pk for saved in due]).update(sent_at=now)
        for tell in tellers if news else ():
            tell(holder, news, now)
    return bool(news)


def _has_news(saved: SavedSearch, now: datetime, tree: list[Branch], places: Sequence[str]) -> bool:
    return Listing(search_of(saved, tree, places), now, tree).since(saved.sent_at).exists()
