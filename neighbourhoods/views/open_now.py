"""What is open for a resident, on the front page of their neighbourhood and on their own page."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from core import clock
from core.amounts import format_amount
from neighbourhoods.counting import Method
from neighbourhoods.models import BallotBox, Election, Neighbourhood, Proxy
from neighbourhoods.queries.decisions import values_going_on
from neighbourhoods.queries.elections import Deed, Open, open_for, running_election
from neighbourhoods.queries.titles import title_of_value
from neighbourhoods.queries.voting import page_of_election
from neighbourhoods.states import ElectionState, ValueState
from people.acting import person_behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """The one open question on a front page: what it is, until when, and the button."""

    question: str
    url: str
    action: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    title: str = ""


# What is asked first when more than one thing is open.
FIRST = (Deed.VOTE, Deed.VOTE_FOR, Deed.ACCEPT, Deed.LOOK_AT_ROLL, Deed.NOMINATE, Deed.SUPPORT)


def ask_on_front(neighbourhood: Neighbourhood, request: HttpRequest) -> Ask | None:
    """What is asked on the front page: of a resident what they can still do, of others what is going on."""
    if request.user.is_authenticated:
        mine = [one for one in open_for(person_behind(request), clock.now()) if _is_of(one, neighbourhood)]
        for deed in FIRST:
            for one in mine:
                if one.deed == deed:
                    return ask_of(one)
    running = running_election(neighbourhood)
    return (_what_is_going_on(running) if running else None) or _value_going_on(neighbourhood)


def ask_of(one: Open) -> Ask:
    """What is open for somebody, as a question with its button."""
    until = _day(one)
    facts = [(pgettext("moment", "Until"), until)] if until else []
    if one.box and one.box.present is not None:
        facts.insert(0, (_("Worth now"), _worth(one.box)))
    question, action, url = _words(one)
    return Ask(question=question, action=action, url=url, facts=facts, title=one.title)


def _worth(box: BallotBox) -> str:
    """What holds while people vote about an amount."""
    return format_amount(box.present or 0, get_language() or "nl", box.neighbourhood.coin.decimals)


def _words(one: Open) -> tuple[str, str, str]:
    """The question, the words of the button and where it leads."""
    election = one.election
    if one.proxy:
        return words_of_proxy(one.proxy), _("Vote"), url_of_ballot(one)
    if one.deed == Deed.VOTE and one.box:
        question = _("Who will be on the board?") if election else one.title
        action = _("Name your price") if one.box.method == Method.MEDIAN else _("Vote")
        return question, action, url_of_ballot(one)
    if one.deed == Deed.SUPPORT and one.proposal:
        url = reverse("recall", args=[one.proposal.neighbourhood.slug])
        return _("Should there be a new election?"), _("Read why, and support it if you agree"), url
    return _about(one, election) if election else (one.title, _("Look at it"), reverse("votes"))


def words_of_proxy(proxy: Proxy) -> str:
    """For whom the holder of a proxy votes."""
    return _("Vote for %(name)s, by proxy") % {"name": proxy.entry.person.display_name}


def url_of_ballot(one: Open) -> str:
    """Where somebody votes: for themself, or for the one who gave them a proxy."""
    url = reverse("vote", args=[one.box.ref]) if one.box else reverse("votes")
    return f"{url}?for={one.proxy.entry.person.uuid}" if one.proxy else url


def _about(one: Open, election: Election) -> tuple[str, str, str]:
    """The same of an election before the voting."""
    if one.deed == Deed.LOOK_AT_ROLL:
        url = reverse("election_roll", args=[election.ref])
        return _("You are not on the roll for the election. Is that right?"), _("See why"), url
    url = reverse("election_nominations", args=[election.ref])
    if one.deed == Deed.ACCEPT:
        return _("Somebody nominated you for the board. Do you want to stand?"), _("Answer"), url
    return _("Who should be on the board? Perhaps you?"), _("Stand, or nominate a neighbour"), url


def _what_is_going_on(election: Election) -> Ask | None:
    page = page_of_election(election, get_language() or "")
    url = page.url if page else ""
    questions = {
        ElectionState.ANNOUNCED: _("Soon the neighbourhood elects its board."),
        ElectionState.NOMINATIONS: _("Who should be on the board?"),
        ElectionState.ROLL_FROZEN: _("The candidates for the board are known."),
        ElectionState.VOTING: _("The neighbourhood elects its board."),
        ElectionState.CLOSED: _("The votes for the board are being counted."),
        ElectionState.COUNTED: _("The votes for the board are being counted."),
        ElectionState.PROVISIONAL: _("The new board is known."),
    }
    question = questions.get(ElectionState(election.state))
    if not question or not url:
        return None
    moments = {
        ElectionState.NOMINATIONS: election.nominations_until,
        ElectionState.VOTING: election.closes_at,
        ElectionState.PROVISIONAL: election.appeals_until,
    }
    ends = moments.get(ElectionState(election.state))
    facts = [(pgettext("moment", "Until"), date_format(localtime(ends), "l j F, H:i"))] if ends else []
    return Ask(question=question, url=url, action=_("See the election"), facts=facts, title=election.title)


def _value_going_on(neighbourhood: Neighbourhood) -> Ask | None:
    """A value that is voted on, or else one on which everybody can react: for who has nothing to do themselves."""
    found = list(values_going_on(neighbourhood))
    first = next((one for one in found if one.state == ValueState.VOTING), found[0] if found else None)
    if first is None:
        return None
    box = list(first.votes.all())[-1].box if first.state == ValueState.VOTING else None
    until = box.closes_at if box else first.consulted_until
    facts = [(pgettext("moment", "Until"), date_format(localtime(until), "l j F, H:i"))] if until else []
    question = title_of_value(first).words
    action = _("See the decision") if box else _("Read it, and say what you think")
    url = reverse("value_decision", args=[first.ref])
    return Ask(question=question, url=url, action=action, facts=facts, title=question)


def _is_of(one: Open, neighbourhood: Neighbourhood) -> bool:
    for about in (one.election, one.box, one.proposal):
        if about is not None:
            return about.neighbourhood_id == neighbourhood.pk
    return False


def _day(one: Open) -> str:
    return date_format(localtime(one.until), "l j F, H:i") if one.until else ""
