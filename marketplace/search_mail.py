"""The mail about what is new in saved searches: one for each person at a time, with all their searches that have news.

It is put in line in the transaction that notes that they were told: with it, or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from marketplace.models import Every, SavedSearch
from marketplace.operations.searches import News, search_of, tellers
from marketplace.queries.branches import Branch, branches
from marketplace.queries.distance import slugs_of_places
from marketplace.queries.listing import Listing, with_words
from marketplace.search_links import token_of
from marketplace.views.browse.base import address_of
from marketplace.views.browse.rows import price_words, row_of
from people.models import Party, User
from people.queries import numbers_of

IN_A_MAIL = 5  # of each search; the rest stands on the market


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A search in the mail: what is new, whether there is more, and where to look or to stop it."""

    name: str
    lines: list[tuple[str, str, str]]
    is_more: bool
    url: str
    stop_url: str


def write_news(person: Party, news: list[News], now: datetime) -> None:
    """To each login of a person: which searches, since when."""
    about = [[saved.pk, since.isoformat()] for saved, since in news]
    logins = User.objects.filter(person__in=numbers_of(person).order_by(), is_active=True)
    for login in logins.order_by("pk").values_list("pk", flat=True):
        mail_news.enqueue(login, about, now.isoformat())


if write_news not in tellers:
    tellers.append(write_news)


@task
def mail_news(login: int, about: list[list[Any]], until: str) -> None:
    """In the language of the person. Nothing about a search that was removed or stopped meanwhile."""
    user = User.objects.filter(pk=login, is_active=True).select_related("person__person_details").first()
    if user is None:
        return
    details = getattr(user.person, "person_details", None)
    with translation.override(details.language if details else settings.LANGUAGE_CODE):
        told = _told(
            {pk: datetime.fromisoformat(since) for pk, since in about}, datetime.fromisoformat(until)
        )
        if not told:
            return
        words = {"searches": told, "list_url": _absolute(reverse("saved_searches"))}
        subject = render_to_string("marketplace/email/news_subject.txt", words)
        text = render_to_string("marketplace/email/news_message.txt", words)
    send_mail(" ".join(subject.split()), text, None, [user.email])


def _told(since: dict[int, datetime], until: datetime) -> list[Told]:
    searches = SavedSearch.objects.filter(pk__in=since).exclude(every=Every.NEVER)
    tree, places = branches(), slugs_of_places()
    told = (
        _one(saved, since[saved.pk], until, tree, places)
        for saved in searches.select_related("neighbourhood__coin").order_by("pk")
    )
    return [one for one in told if one.lines]


def _one(
    saved: SavedSearch, since: datetime, until: datetime, tree: list[Branch], places: Sequence[str]
) -> Told:
    search = search_of(saved, tree, places)
    newest = Listing(search, until, tree).since(since)
    rows = [(row_of(offer, at=saved.neighbourhood), offer) for offer in with_words(newest)[: IN_A_MAIL + 1]]
    lines = [
        (row.title, f"{row.verb} {price_words(offer)}", _absolute(row.url)) for row, offer in rows[:IN_A_MAIL]
    ]
    return Told(
        name=saved.name,
        lines=lines,
        is_more=len(rows) > IN_A_MAIL,
        url=_absolute(address_of(search)),
        stop_url=_absolute(reverse("search_stop", args=[token_of(saved)])),
    )


def _absolute(path: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path
