"""A neighbourhood whose money runs, for tests of the wallet.

`place()` gives Molenwijk in Dijkstad with its coin and a treasury; Ann and Ben who live there and have accounts; Cas,
who lives elsewhere and has an account in another coin; the shop of Sjoerd that may redeem; the football club with a pot
that the municipality pays for; and at the finance desk Fenna and Vera (municipality) and Tom (treasurer on the board).
Nobody has anything yet: `fund(place, place.ann, 10_00)` brings coins, with the euros behind them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.text import slugify

from core.clock import day_of
from ledger.kinds import AccountKind
from ledger.operations import (
    announce_funding,
    found_coin,
    open_account,
    open_system_accounts,
    receive_funding,
)
from neighbourhoods.models import Neighbourhood, SeatOffice
from people.models import Party, PartyKind, Role, User
from tests.factories.ledger import AT, SYSTEM, key
from tests.factories.neighbourhoods import seat_for
from tests.factories.people import actor, mandate, organisation, person
from tests.plugins.replay import remembered
from wallet.models import Treasury

if TYPE_CHECKING:
    from ledger.models import Account, Coin, Funding

__all__ = ["AT", "SYSTEM", "Place", "actor", "bring_in", "fund", "key", "open_for", "place"]


@dataclass
class Place:
    """A neighbourhood with its accounts: `ann`, `ben`, `cas`, `shop`, `pot`; the others are logins."""

    neighbourhood: Neighbourhood
    treasury: Treasury
    ann: Account
    ben: Account
    cas: Account
    shop: Account
    pot: Account
    ann_login: User
    ben_login: User
    cas_login: User
    sjoerd: User
    owner_of_club: User
    fenna: User
    vera: User
    tom: User

    @property
    def coin(self) -> Coin:
        return self.neighbourhood.coin

    @property
    def municipality(self) -> Party:
        return self.neighbourhood.municipality


@remembered
def place(name: str = "Molenwijk", iban: str = "NL91ABNA0417164300", funder: Party | None = None) -> Place:
    """A neighbourhood with everybody in it; a second one needs another name and IBAN. `funder`: of the pot."""
    municipality = organisation(f"Municipality of {name}", kind=PartyKind.MUNICIPALITY)
    there, elsewhere = _founded(name, municipality), _founded(f"{name} Oost", municipality)
    treasury = Treasury.objects.create(neighbourhood=there, account_name=f"Stichting {name}munt", iban=iban)
    ann, ben, cas, sjoerd, owner = (_login(name, one) for one in ("Ann", "Ben", "Cas", "Sjoerd", "Olaf"))
    fenna, vera, tom = (_login(name, one) for one in ("Fenna", "Vera", "Tom"))
    shop = organisation(f"Shop {name}", kind=PartyKind.COMPANY)
    club = organisation(f"Football club {name}", kind=PartyKind.ASSOCIATION)
    mandate(person=sjoerd, principal=shop)
    mandate(person=owner, principal=club)
    mandate(person=fenna, principal=municipality, role=Role.FINANCE)
    mandate(person=vera, principal=municipality, role=Role.FINANCE)
    seat_for(tom, there, office=SeatOffice.TREASURER)
    return Place(
        neighbourhood=there,
        treasury=treasury,
        ann=open_for(there, ann.person),
        ben=open_for(there, ben.person),
        cas=open_for(elsewhere, cas.person),
        shop=open_for(there, shop, may_redeem=True),
        pot=open_for(there, club, kind=AccountKind.POT, label="Soep", funder=funder or municipality),
        ann_login=ann, ben_login=ben, cas_login=cas, sjoerd=sjoerd, owner_of_club=owner, fenna=fenna,
        vera=vera, tom=tom,
    )  # fmt: skip


def open_for(there: Neighbourhood, holder: Party, **more: Any) -> Account:
    """One more account in the coin of a neighbourhood."""
    words: dict[str, Any] = {"kind": AccountKind.HOLDER, "holder_kind": holder.kind, **more}
    name = f"{there.slug} {words['kind']} {holder.pk} {words.get('label', '')}"
    return open_account(coin=there.coin, holder=holder, key=key(name), actor=SYSTEM, at=AT, **words)


def fund(there: Place, account: Account, amount: int, name: str = "") -> Funding:
    """The municipality's euros come in and are coins on this account, which is read again."""
    return bring_in(there.neighbourhood, account, amount, name)


def bring_in(there: Neighbourhood, account: Account, amount: int, name: str = "") -> Funding:
    """The same in any neighbourhood."""
    key_of = _key_of(name or f"{account.pk} {account.last_no}")
    announced = announce_funding(
        coin=account.coin, funder=there.municipality, payee=account, amount=amount, key=key_of, actor=SYSTEM, at=AT,
        expires_on=day_of(AT + timedelta(days=30)),
    )  # fmt: skip
    received = receive_funding(
        funding=announced,
        amount=amount,
        bank_reference=str(key_of),
        key=key(f"{key_of} in"),
        actor=SYSTEM,
        at=AT,
    )
    account.refresh_from_db()
    return received


def _founded(name: str, municipality: Party) -> Neighbourhood:
    """With its coin and its accounts, and without pages: founding those would cost each test a second."""
    stem = name.removesuffix("wijk")
    code = slugify(name).replace("-", "").upper()[:12]
    party = organisation(f"Neighbourhood {name}", kind=PartyKind.NEIGHBOURHOOD)
    coin = found_coin(code=code, name=f"{stem}munt", name_plural=f"{stem}munten", actor=SYSTEM, at=AT)
    open_system_accounts(coin=coin, holder=party, actor=SYSTEM, at=AT)
    return Neighbourhood.objects.create(
        name=name, slug=slugify(name), party=party, municipality=municipality, coin=coin, founded_at=AT
    )


def _login(place_name: str, name: str) -> User:
    domain = place_name.lower().replace(" ", "-")
    return person(name, email=f"{name.lower()}@{domain}.example")


def _key_of(name: str) -> UUID:
    return key(f"funding {name}")
