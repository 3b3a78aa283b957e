"""Payouts of the shop of Molenwijk on their way: asked for by Sjoerd, approved by Fenna, put in a file by Vera."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client
from django.urls import reverse

from core.actor import Actor
from ledger.kinds import AccountKind
from ledger.models import Account
from people.models import OrganisationDetails, Party, User
from tests.factories.people import actor, organisation, person
from tests.factories.wallet import AT, Place, fund, key, open_for
from wallet.models import BankFormat, BankLine, BankStatement, Payout, PayoutRun, PayoutVersion
from wallet.operations.payouts import approve_payouts, make_run, request_payout, send_run

ComeIn = Callable[[User], Client]
SHOP_IBAN = "NL20INGB0001234567"
MONDAY = date(2026, 11, 23)  # the first day of the banks after AT, which is a Sunday


def give_iban(party: Party, iban: str = SHOP_IBAN) -> None:
    OrganisationDetails.objects.filter(party=party).update(iban=iban)


def sells(there: Place, amount: int = 1_000_00) -> None:
    """The shop has coins and a bank account."""
    give_iban(there.shop.holder)
    fund(there, there.shop, amount)


def another_shop(there: Place, name: str, iban: str, amount: int = 100_00) -> tuple[User, Payout]:
    """One more supplier, and its payout of all that it has."""
    owner = person(name, email=f"{name.lower()}@shops.example")
    holder = organisation(f"Shop of {name}", owner=owner)
    give_iban(holder, iban)
    account = open_for(there.neighbourhood, holder, may_redeem=True)
    fund(there, account, amount)
    payout = request_payout(
        account=account,
        amount=None,
        key=key(f"payout of {name}"),
        actor=actor(owner, principal=holder),
        at=AT,
    )
    return owner, payout


def at_desk(there: Place, user: User) -> Actor:
    return actor(user, principal=there.municipality)


def shopkeeper(there: Place) -> Actor:
    return actor(there.sjoerd, principal=there.shop.holder)


def requested(there: Place, amount: int | None = 100_00, name: str = "payout") -> Payout:
    return request_payout(account=there.shop, amount=amount, key=key(name), actor=shopkeeper(there), at=AT)


def approved(there: Place, amount: int = 100_00, name: str = "payout") -> Payout:
    payout = requested(there, amount, name)
    answer = approve_payouts(
        treasury=there.treasury, payouts=[payout], actor=at_desk(there, there.fenna), at=AT
    )
    assert answer.refused == []
    payout.refresh_from_db()
    return payout


def made(
    there: Place,
    *payouts: Payout,
    name: str = "run",
    version: str = PayoutVersion.V03,
    by: User | None = None,
) -> PayoutRun:
    return make_run(
        treasury=there.treasury, payouts=payouts, version=version, key=key(name), at=AT,
        actor=at_desk(there, by or there.vera),
    )  # fmt: skip


def exported(there: Place, amount: int = 100_00, name: str = "payout") -> Payout:
    payout = approved(there, amount, name)
    made(there, payout, name=f"run of {name}")
    payout.refresh_from_db()
    return payout


def sent(there: Place, amount: int = 100_00, name: str = "payout") -> Payout:
    payout = exported(there, amount, name)
    assert payout.run is not None
    send_run(run=payout.run, on=AT.date(), actor=at_desk(there, there.vera), at=AT)
    payout.refresh_from_db()
    return payout


def line(there: Place, payout: Payout, amount: int, bank_id: str = "B1", **more: object) -> BankLine:
    """What the bank says: below nought it left, above nought it came in."""
    statement, _is_new = BankStatement.objects.get_or_create(
        treasury=there.treasury, digest="d" * 64,
        defaults={
            "name": "statement.xml", "format": BankFormat.CAMT053, "uploaded_by": there.fenna.person,
            "uploaded_at": AT,
        },
    )  # fmt: skip
    words = {"no": 1, "booked_on": MONDAY, "end_to_end_id": payout.end_to_end_id, **more}
    return BankLine.objects.create(
        treasury=there.treasury, statement=statement, bank_id=bank_id, amount=amount, **words
    )


def debit(there: Place, payout: Payout, bank_id: str = "OUT") -> BankLine:
    return line(there, payout, -payout.amount, bank_id)


def credit(there: Place, payout: Payout, bank_id: str = "BACK") -> BankLine:
    return line(there, payout, payout.amount, bank_id, is_return=True)


def ended_pot(there: Place, name: str = "Feest", amount: int = 50_00) -> Account:
    """A pot that ends the day after AT, with something left in it."""
    pot = open_for(
        there.neighbourhood, there.pot.holder, kind=AccountKind.POT, label=name, funder=there.municipality,
        ends_on=AT.date() + timedelta(days=1),
    )  # fmt: skip
    fund(there, pot, amount)
    return pot


def second_login(of: User) -> User:
    """The same person under another number."""
    other = person(of.person.display_name.split()[0], email=f"second-{of.email}")
    Party.objects.filter(pk=other.person.pk).update(same_person_as=of.person)
    return User.objects.get(pk=other.pk)


def words(response: object) -> str:
    """A page without its marks."""
    html = response.content.decode()  # type: ignore[attr-defined]
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def mine(there: Place) -> str:
    return reverse("payouts", args=[there.shop.address])


def room(there: Place, name: str = "finance_payouts", *more: object) -> str:
    return reverse(name, args=[there.neighbourhood.slug, *more])
