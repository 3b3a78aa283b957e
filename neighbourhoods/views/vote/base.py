"""What the voter's pages share: the vote that an address is about, what it is called, and whose page it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from neighbourhoods.counting import Method
from neighbourhoods.models import BallotBox, Election, Neighbourhood, Proposal, ValueVote
from neighbourhoods.queries.ballots import owner_of
from neighbourhoods.queries.items import per_unit
from neighbourhoods.queries.places import page_of
from neighbourhoods.queries.titles import Title, title_of, with_titles
from neighbourhoods.queries.voting import page_of_election
from neighbourhoods.states import BoxState, ElectionState
from neighbourhoods.theme import theme_url
from people.models import Party

ALONG = (
    "policy", "roll", "result", "election", "proposal", "neighbourhood__coin", "neighbourhood__logo",
    "neighbourhood__municipality__organisation_details",
)  # fmt: skip
PUBLISHED = frozenset({ElectionState.PROVISIONAL, ElectionState.FINAL, ElectionState.ANNULLED})


@dataclass(frozen=True)
class Vote:
    """A vote that a page is about."""

    request: HttpRequest
    box: BallotBox

    @cached_property
    def owner(self) -> Election | Proposal | ValueVote | None:
        return owner_of(self.box)

    @property
    def election(self) -> Election | None:
        return self.owner if isinstance(self.owner, Election) else None

    @property
    def proposal(self) -> Proposal | None:
        return self.owner if isinstance(self.owner, Proposal) else None

    @property
    def value(self) -> ValueVote | None:
        return self.owner if isinstance(self.owner, ValueVote) else None

    @cached_property
    def named(self) -> Title:
        return title_of(self.box)

    @property
    def title(self) -> str:
        """What is voted on, in the words of who put it to the vote."""
        return self.named.words

    @property
    def language(self) -> str:
        """The language of the title."""
        return self.named.language

    @property
    def per(self) -> str:
        """Behind an amount, where it is one for each of something: "per hour"."""
        return per_unit(self.value.decision.item.unit) if self.value else ""

    @property
    def question(self) -> str:
        """What is asked of the voter, in one line; the title where that asks it best."""
        if self.election is None:
            return self.title
        if self.box.method == Method.YES_NO:
            return _("Do you want these people on the board?")
        return _("Who do you want on the board?")

    @property
    def person(self) -> Party | None:
        """Who looks, when they are signed in."""
        user = self.request.user
        return user.person if user.is_authenticated else None

    @property
    def is_published(self) -> bool:
        """Whether there is a result that everybody may see."""
        if self.box.state != BoxState.COUNTED:
            return False
        return self.election is None or self.election.state in PUBLISHED

    @cached_property
    def url(self) -> str:
        """The page about what is voted on; nothing when it has none in this language."""
        if self.proposal:
            return reverse("motion", args=[self.box.neighbourhood.slug, self.proposal.ref])
        if self.value:
            return reverse("value_decision", args=[self.value.decision.ref])
        page = page_of_election(self.election, get_language() or "") if self.election else None
        return (page.get_url(self.request) if page else "") or ""

    def context(self, **more: Any) -> dict[str, Any]:
        """What every page about this vote is drawn from."""
        crumbs = [(_("Voting"), reverse("votes"))]
        if self.url:
            crumbs.append((self.title, self.url))
        place = place_frame(self.box.neighbourhood, self.request)
        return {"place": place, "vote": self, "box": self.box, "crumbs": crumbs, **more}


def vote_at(request: HttpRequest, ref: UUID) -> Vote:
    """:raises Http404: when there is no such vote."""
    box = with_titles(BallotBox.objects.filter(ref=ref)).select_related(*ALONG).first()
    if box is None:
        raise Http404
    return Vote(request, box)


def place_frame(neighbourhood: Neighbourhood, request: HttpRequest) -> dict[str, Any]:
    """The frame of a page about a vote is that of the neighbourhood that votes, wherever the visitor lives."""
    page = page_of(neighbourhood, get_language() or "")
    return {
        "kind": "neighbourhood",
        "name": neighbourhood.name,
        "url": page.get_url(request) if page else "/",
        "slug": neighbourhood.slug,
        "coin": neighbourhood.coin,
        "landmark": neighbourhood.landmark,
        "theme_url": theme_url(neighbourhood),
        "logo_url": neighbourhood.logo.get_rendition("max-96x96").url if neighbourhood.logo else "",
        "municipality_name": neighbourhood.municipality.display_name,
        "help_phone": neighbourhood.help_phone,
        "meeting_place": neighbourhood.meeting_place,
    }
