"""Before and after the trading: who was let in, which words are kept out, opening times, saved searches."""

from __future__ import annotations

from datetime import time, timedelta

from django.http import QueryDict

from home.demo.load.market.town import Town
from home.demo.market.kinds import Admitted
from marketplace.models import Every, WordUse
from marketplace.operations.admission_requests import request_admission
from marketplace.operations.admissions import admit
from marketplace.operations.opening_times import set_opening_times
from marketplace.operations.searches import save_search
from marketplace.operations.words import add_word
from marketplace.queries.branches import branches
from marketplace.queries.search import read

ASKED, LET_IN, STILL_ASKS = -100, -97, -3
YEAR_AND_MORE = 400


def let_in(town: Town) -> None:
    """Organisations ask; the board looks, and lets them in. Who wrote nothing down yet still waits."""
    for one in town.market.admitted:
        town.crowd.attempt(f"{one.name} on the market", lambda one=one: _ask(town, one))  # type: ignore[misc]


def _ask(town: Town, one: Admitted) -> None:
    waits = not one.checks
    made = request_admission(
        neighbourhood=town.place, organisation=town.party(one.name), about=one.about, displacement=one.displacement,
        insurance=one.insurance, insured_until_on=town.date(200) if one.insurance else None,
        key=town.key("admission", one.name), actor=town.actor(one.name, owner=True),
        at=town.on(STILL_ASKS if waits else ASKED),
    )  # fmt: skip
    if not waits:
        admit(
            admission=made, checks=one.checks, until_on=town.date(LET_IN) + timedelta(days=YEAR_AND_MORE),
            actor=town.board(town.party(one.name)), at=town.on(LET_IN),
        )  # fmt: skip


def write_words_down(town: Town) -> None:
    for use, words in ((WordUse.BLOCKED, town.market.blocked), (WordUse.RESERVED, town.market.reserved)):
        for word in words:
            add_word(neighbourhood=town.place, word=word, use=use, actor=town.board(), at=town.on(LET_IN))


def open_hours(town: Town) -> None:
    for one in town.market.hours:
        week = {day: [(time(*one.opens), time(*one.closes))] for day in one.days}
        town.crowd.attempt(
            f"Opening times of {one.of}",
            lambda one=one, week=week: set_opening_times(  # type: ignore[misc]
                provider=town.party(one.of), week=week, actor=town.actor(one.of), at=town.on(LET_IN)
            ),
        )


def save_searches(town: Town) -> None:
    for email, name, query in town.market.searches:
        search, _unread = read(QueryDict(query), place=town.place, branches=branches())
        town.crowd.attempt(
            f"The search of {email}",
            lambda email=email, name=name, search=search: save_search(  # type: ignore[misc]
                search=search, name=name, every=Every.WEEK, actor=town.actor(email), at=town.on(-2)
            ),
        )
