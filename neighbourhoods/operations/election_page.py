"""The page of an election: made when it is announced, below the decisions of its neighbourhood."""

from __future__ import annotations

from datetime import datetime

from core.actor import Actor
from core.clock import day_of
from neighbourhoods import standard_texts as texts
from neighbourhoods.founding import add_text_page, free_slug, neighbourhood_root
from neighbourhoods.models import DecisionsPage, Election, ElectionPage, Neighbourhood
from neighbourhoods.operations.elections.drafting import on_announced
from neighbourhoods.queries.elections import announced_elections


def show_election(election: Election) -> None:
    """This will make the page of an election, once. A neighbourhood without pages has none."""
    root = neighbourhood_root(election.neighbourhood)
    parent = DecisionsPage.objects.child_of(root).first() if root else None
    if parent is None or ElectionPage.objects.filter(election=election).exists():
        return
    text = texts.ELECTION.filled(
        title=election.title, name=election.neighbourhood.name, year=str(day_of(election.opens_at).year)
    )
    page = ElectionPage(election=election, slug=free_slug(parent, text.slug))
    add_text_page(parent, page, text, Actor.system(), in_menus=False)


def add_election_pages(neighbourhood: Neighbourhood, *, actor: Actor, at: datetime) -> None:
    """This will see to the page of every election that was announced: a founding step, for what was lost."""
    for election in announced_elections().filter(neighbourhood=neighbourhood, pages=None):
        show_election(election)


on_announced.append(show_election)
