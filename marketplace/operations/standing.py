"""Whether somebody may stand on a market at all, and the lock behind which everything about an offer is decided."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal
from marketplace.models import Offer
from marketplace.queries.accounts import account_for
from marketplace.queries.admissions import is_admitted
from neighbourhoods.models import Neighbourhood, Residency
from neighbourhoods.queries.residency import lives_in
from neighbourhoods.states import ResidencyState
from people.models import Mandate, Party, PartyKind, Role

ALONG = (
    "neighbourhood__coin", "neighbourhood__municipality", "category", "terms__item",
    "provider__person_details", "provider__organisation_details",
)  # fmt: skip


class NotResident(Refusal):
    """Whoever lives elsewhere offers there."""

    code = "market_not_resident"
    sentence = _("Only who lives in %(neighbourhood)s can offer and ask here.")


class NotAdmitted(Refusal):
    """The board lets organisations in before they offer anything."""

    code = "market_not_admitted"
    sentence = _("%(name)s is not on the market of %(neighbourhood)s yet. Ask the board to let it in.")


class NoAccountHere(Refusal):
    """Without an account in the coin of the neighbourhood nobody can pay or be paid there."""

    code = "market_no_account"
    sentence = _("%(name)s has no account in %(coin)s. Open one first.")


class PausedByBoard(Refusal):
    """What the board took off, the board puts back."""

    code = "offer_paused_by_board"
    sentence = _("The board took this off the market. Ask the board to put it back.")


class StoppedByBoard(Refusal):
    """What the board stopped, the board lets go on."""

    code = "activity_stopped_by_board"
    sentence = _("The board stopped this activity. Ask the board to let it go on.")


def locked(offer: Offer) -> Offer:
    """The same offer, brought up to date, and nobody else's to change until this transaction ends."""
    rows = Offer.objects.select_for_update(of=("self",), no_key=True).select_related(*ALONG)
    offer.refresh_from_db(from_queryset=rows)
    return offer


def check_provider(provider: Party, neighbourhood: Neighbourhood, on: date) -> None:
    """Whether a party may offer and ask on the market of a neighbourhood.

    :raises NotResident: for persons and households that do not live there.
    :raises NotAdmitted: for organisations that the board did not let in.
    :raises NoAccountHere: when they have no open account in its coin.
    """
    check_takes_part(provider, neighbourhood, on)
    if account_for(provider, neighbourhood.coin) is None:
        raise NoAccountHere(name=provider.display_name, coin=neighbourhood.coin.name_plural)


def check_takes_part(provider: Party, neighbourhood: Neighbourhood, on: date) -> None:
    """The same, whatever accounts they have.

    :raises NotResident, NotAdmitted: as `check_provider`.
    """
    if provider.pk in {neighbourhood.party_id, neighbourhood.municipality_id}:
        return
    if provider.is_person or provider.kind == PartyKind.HOUSEHOLD:
        if not lives_there(provider, neighbourhood, on):
            raise NotResident(neighbourhood=neighbourhood.name)
    elif not is_admitted(provider, neighbourhood, on):
        raise NotAdmitted(name=provider.display_name, neighbourhood=neighbourhood.name)


def lives_there(party: Party, neighbourhood: Neighbourhood, on: date) -> bool:
    """Whether a person lives there, or, of a household, one of its members."""
    if party.is_person:
        return lives_in(party, neighbourhood)
    members = Mandate.objects.in_force(on).filter(principal=party, role__in=[Role.OWNER, Role.MEMBER])
    numbers = {
        member.canonical_id for member in Party.objects.filter(pk__in=members.values("person")).only("same_person_as")
    }  # fmt: skip
    found = Residency.objects.filter(neighbourhood=neighbourhood, state=ResidencyState.ATTESTED)
    return found.filter(person__in=numbers).exists()
