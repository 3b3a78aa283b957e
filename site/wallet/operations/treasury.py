"""On which bank account the euros of a neighbourhood are."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from stdnum import bic as bics
from stdnum import iban as ibans

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from ledger.queries import open_fundings
from neighbourhoods.models import Neighbourhood
from people.models import Party, Role
from people.permissions import holds
from people.roles import FINANCE
from wallet.models import BankLine, Payout, Treasury
from wallet.permissions import acting_person
from wallet.states import BankLineState, PayoutState

# What every bank lets through in a name (EPC217-08), with the letters with accents that banks here print.
NAME = re.compile(r"[0-9A-Za-zÀ-ÖØ-öø-ÿ/?:().,'+ &-]{2,70}")
LARGEST_ALONE = 10_000_00


class NotYourTreasury(NotAllowed):
    """The bank account is named by the municipality or by an owner of the neighbourhood's own organisation."""

    code = "not_your_treasury"
    sentence = _(
        "Only the municipality, or an owner of the neighbourhood’s organisation, says which bank account it is."
    )


class WrongAccountName(Refusal):
    """A name that no bank has: too long, or with signs that banks do not let through."""

    code = "wrong_account_name"
    sentence = _("Type the name as the bank writes it: letters, figures and spaces, at most 70.")
    field = "account_name"


class WrongIban(Refusal):
    """The check digits do not add up."""

    code = "wrong_treasury_iban"
    sentence = _(
        "This IBAN is not right. Type it as it stands on your bank card, for example NL91 ABNA 0417 1643 00."
    )
    field = "iban"


class WrongBic(Refusal):
    """No code of a bank."""

    code = "wrong_bic"
    sentence = _(
        "A BIC has eight or eleven letters and figures, for example ABNANL2A. You may leave it empty."
    )
    field = "bic"


class IbanOfAnother(Refusal):
    """Another coin has its euros on this bank account: nobody could tell whose they are."""

    code = "iban_of_another"
    sentence = _("Another neighbourhood has its euros on this bank account. Each coin needs one of its own.")
    field = "iban"


class AloneOutOfBounds(Refusal):
    """More than one person may pay back alone anywhere."""

    code = "alone_out_of_bounds"
    sentence = _("Enter an amount of at most 10,000.")
    field = "chargeback_alone"


class MoneyUnderWay(Refusal):
    """Lines of the old bank account wait, it is about to pay, or letters name it for money that is still to come."""

    code = "money_under_way"
    sentence = _(
        "You cannot change the IBAN yet. First work off the lines of the bank and the payouts that are with the bank."
        " Is announced money still to come? Wait for it, or withdraw it."
    )
    field = "iban"


def may_change(person: Party | None, neighbourhood: Neighbourhood, on: date) -> bool:
    """Whether a person says where the euros are: for the municipality, or as owner of the neighbourhood's party."""
    if person is None:
        return True
    of_municipality = holds(person, neighbourhood.municipality, FINANCE, on)
    return of_municipality or holds(person, neighbourhood.party, [Role.OWNER], on)


def change_treasury(
    *,
    neighbourhood: Neighbourhood,
    account_name: str,
    iban: str,
    bic: str,
    chargeback_alone: int,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Treasury:
    """This will write down where the euros of a neighbourhood are. The same again changes nothing.

    `chargeback_alone` (minor units) is up to which amount one person undoes a payment alone. The IBAN stays while
    anything is under way: a statement of the old account could no longer be brought in.

    :raises NotYourTreasury: to others than the municipality and owners of the neighbourhood's organisation.
    :raises WrongAccountName, WrongIban, WrongBic, AloneOutOfBounds, IbanOfAnother: nothing happened.
    :raises MoneyUnderWay: when the IBAN changes while lines wait, payouts are with the bank or money is announced.
    """
    if not may_change(acting_person(actor), neighbourhood, day_of(at)):
        raise NotYourTreasury
    name, number, code = " ".join(account_name.split()), ibans.compact(iban), bics.compact(bic)
    _check(name, number, code, chargeback_alone)
    words = {"account_name": name, "iban": number, "bic": code, "chargeback_alone": chargeback_alone}
    with transaction.atomic():
        # Two who name it at the same moment wait for one another here: there is no row of a treasury yet.
        Neighbourhood.objects.select_for_update(no_key=True).get(pk=neighbourhood.pk)
        if Treasury.objects.filter(iban=number).exclude(neighbourhood=neighbourhood).exists():
            raise IbanOfAnother
        # Statements, files for the bank and announcements hold the treasury as well: none begins while this asks.
        treasury = Treasury.objects.select_for_update(no_key=True).filter(neighbourhood=neighbourhood).first()
        before = treasury.iban if treasury else ""
        if treasury is None:
            treasury = Treasury(neighbourhood=neighbourhood)
        elif all(getattr(treasury, field) == value for field, value in words.items()):
            return treasury
        elif before != number and is_under_way(treasury):
            raise MoneyUnderWay
        for field, value in words.items():
            setattr(treasury, field, value)
        _save(treasury)
        record(
            "treasury.change", subject=treasury, actor=actor, at=at, reason=reason, before=before[-30:],
            after=number[-30:], about=[neighbourhood.party],
        )  # fmt: skip
    return treasury


def is_under_way(treasury: Treasury) -> bool:
    """Whether something of this bank account waits to be booked, is about to be paid from it, or is to come onto it."""
    lines = BankLine.objects.filter(treasury=treasury, state=BankLineState.NEW)
    payouts = Payout.objects.filter(treasury=treasury, state=PayoutState.EXPORTED)
    expected = open_fundings(treasury.neighbourhood.coin)
    return lines.exists() or payouts.exists() or expected.exists()


def _check(name: str, number: str, code: str, chargeback_alone: int) -> None:
    if not NAME.fullmatch(name):
        raise WrongAccountName
    if not ibans.is_valid(number):
        raise WrongIban
    if code and not bics.is_valid(code):
        raise WrongBic
    if not 0 <= chargeback_alone <= LARGEST_ALONE:
        raise AloneOutOfBounds


def _save(treasury: Treasury) -> None:
    """:raises IbanOfAnother: when another neighbourhood named this bank account at the same moment."""
    try:
        with transaction.atomic():
            treasury.save()
    except IntegrityError as error:
        raise IbanOfAnother from error
