"""What the processes of a race at the desk do: each takes plain values and says what came of it."""

from __future__ import annotations

from core.clock import day_of
from ledger.queries import receipt_of
from neighbourhoods.models import Neighbourhood
from people.models import Party
from tests.factories.ledger import AT, key
from tests.wallet.till.racers import acting, came
from wallet.models import ChargebackCase, Treasury
from wallet.operations.chargebacks import approve, undo_payment
from wallet.operations.desk_accounts import open_for_organisation
from wallet.operations.desk_limits import say_limit


def approves(case: int, person: int, principal: int) -> str:
    return came(approve, case=ChargebackCase.objects.get(pk=case), actor=acting(person, principal), at=AT)


def proposes(treasury: int, transfer: int, amount: int, form: str, person: int, principal: int) -> str:
    return came(
        undo_payment, treasury=Treasury.objects.get(pk=treasury), receipt=receipt_of(transfer), amount=amount,
        reason="Paid twice.", key=key(form), actor=acting(person, principal), at=AT,
    )  # fmt: skip


def opens(neighbourhood: int, organisation: int, form: str, person: int, principal: int) -> str:
    return came(
        open_for_organisation, neighbourhood=Neighbourhood.objects.get(pk=neighbourhood),
        organisation=Party.objects.get(pk=organisation), in_area=True, may_redeem=False, ceiling=None, key=key(form),
        actor=acting(person, principal), at=AT,
    )  # fmt: skip


def sets_limit(neighbourhood: int, person: int, principal: int) -> str:
    return came(
        say_limit, neighbourhood=Neighbourhood.objects.get(pk=neighbourhood), holder_kind="PERSON", per_payment=1_00,
        per_day=None, per_month=None, from_on=day_of(AT), until_on=None, actor=acting(person, principal), at=AT,
    )  # fmt: skip
