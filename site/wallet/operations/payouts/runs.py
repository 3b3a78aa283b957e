"""The second of two at the finance desk: approved payouts go into a file, and the file goes to the bank."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import NotAllowed, Refusal
from core.states import transition
from ledger.address import new_address
from ledger.operations import KeyReused
from wallet.bankdays import next_bank_day
from wallet.models import Payout, PayoutRun, Treasury
from wallet.operations.payouts.held import locked_all
from wallet.payment_file import Unfit
from wallet.permissions import acting_person, check_finance, check_not_own_money, check_second
from wallet.queries.payouts import file_of
from wallet.states import PayoutState


class NothingChosen(Refusal):
    """A file without payments is no file."""

    code = "nothing_chosen"
    sentence = _("Choose at least one payout.")
    field = "payouts"


class PayoutsChanged(Refusal):
    """What was chosen is no longer all waiting: somebody cancelled one, or was first to make a file."""

    code = "payouts_changed"
    sentence = _(
        "Some of these payouts are no longer waiting for a file. Open the page again and look once more."
    )


class UnfitForTheBank(Refusal):
    """A bank would not take the file."""

    code = "unfit_for_the_bank"
    sentence = _(
        "A bank would not take this file. Nothing has changed. Look whether the IBAN and BIC of the neighbourhood and"
        " the IBAN of each payout are right."
    )


class SentInTheFuture(Refusal):
    """A day that is still to come, or before there was a file."""

    code = "sent_in_the_future"
    sentence = _("Choose a day from when the file was made until today.")
    field = "on"


def make_run(
    *,
    treasury: Treasury,
    payouts: Iterable[Payout],
    version: str,
    key: uuid.UUID,
    actor: Actor,
    at: datetime,
) -> PayoutRun:
    """This will put approved payouts into one file, to be paid on the next day that banks work.

    The number of the file is fixed in the transaction that says of each payout that it is in it: before anybody can
    have the file. Whoever approved one of them cannot make it. The same key gives the same file.

    :raises NotAllowed: to whoever does not sit at this finance desk, and to the system: a person looks.
    :raises NothingChosen, PayoutsChanged, SamePerson, OwnMoney, UnfitForTheBank: nothing happened.
    :raises KeyReused: when the key made a file of other payouts, or in another form.
    """
    check_finance(actor, treasury.neighbourhood, day_of(at))
    person = acting_person(actor)
    if person is None:
        raise NotAllowed
    chosen = {one.pk for one in payouts}
    if not chosen:
        raise NothingChosen
    with transaction.atomic():
        # One file at a time: the second of two makers finds the payouts of the first taken.
        payer = Treasury.objects.select_for_update(no_key=True).get(pk=treasury.pk)
        if known := PayoutRun.objects.filter(key=key).first():
            return _same(known, payer, chosen, version)
        held = locked_all(chosen)
        _check_all(held, chosen, payer, actor, day_of(at))
        run = PayoutRun.objects.create(
            treasury=payer, message_id=f"SC{day_of(at):%Y%m%d}{new_address()}", version=version, made_by=person,
            execute_on=next_bank_day(day_of(at)), made_at=at, payer_name=payer.account_name, payer_iban=payer.iban,
            payer_bic=payer.bic, key=key,
        )  # fmt: skip
        record("payout_run.make", subject=run, actor=actor, at=at)
        for payout in held:
            transition(payout, "export", actor=actor, at=at, about=(payout.payee,), along={"run": run})
        try:
            file_of(run)
        except Unfit as error:
            raise UnfitForTheBank from error
    return run


def send_run(*, run: PayoutRun, on: date, actor: Actor, at: datetime) -> PayoutRun:
    """This will write down that the file went to the bank on a day, and who says so. Twice is once.

    :raises NotAllowed: to whoever does not sit at this finance desk.
    :raises SentInTheFuture: when that day is before the file was made, or still to come.
    """
    with transaction.atomic():
        held = PayoutRun.objects.select_for_update(no_key=True).get(pk=run.pk)
        check_finance(actor, held.treasury.neighbourhood, day_of(at))
        if held.sent_at is not None:
            return held
        if not day_of(held.made_at) <= on <= day_of(at):
            raise SentInTheFuture
        held.sent_by = acting_person(actor)
        held.sent_at = at if on == day_of(at) else max(held.made_at, _noon(on))
        held.save(update_fields=["sent_by", "sent_at"])
        record("payout_run.send", subject=held, actor=actor, at=at)
    return held


def _check_all(held: list[Payout], chosen: set[int], treasury: Treasury, actor: Actor, on: date) -> None:
    waiting = [one for one in held if one.state == PayoutState.APPROVED and one.treasury_id == treasury.pk]
    if len(waiting) != len(chosen):
        raise PayoutsChanged
    check_second(actor, *(one.approved_by for one in held))
    for payee in {one.payee_id: one.payee for one in held}.values():
        check_not_own_money(actor, payee, on)


def _same(known: PayoutRun, treasury: Treasury, chosen: set[int], version: str) -> PayoutRun:
    made_of = set(known.payouts.values_list("pk", flat=True))
    if (known.treasury_id, known.version, made_of) != (treasury.pk, version, chosen):
        raise KeyReused
    return known


def _noon(on: date) -> datetime:
    return make_aware(datetime(on.year, on.month, on.day, 12))  # noqa: DTZ001 - made aware here
