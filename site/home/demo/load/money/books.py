"""The accounts of one neighbourhood of the demo: whose they are, who acts for them, and what is on them."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from core.actor import Actor
from core.clock import day_of
from home.demo import people
from home.demo.load.persons import Crowd
from home.demo.money import BOARD, MUNICIPALITY, Holder, Money, Pot
from home.demo.people import Living, Organisation, Person, board_of
from ledger.kinds import AccountKind, AccountState
from ledger.operations import open_account, reclassify_account, transfer
from ledger.queries import accounts_of, accounts_of_all, balance_of
from neighbourhoods.models import Neighbourhood
from people.models import OrganisationDetails, Party
from people.queries import numbers_of

if TYPE_CHECKING:
    from ledger.models import Account, Transfer

NAMESPACE = uuid.UUID("5b0d6c1e-0c0f-4d8a-9d0e-50c1a1c03000")
MOST_ON_AN_ACCOUNT = 500_00  # of a resident
MOST_IN_A_MONTH = 300_00  # below the limits that are set, so that nobody in this story meets them


def parties_of(organisations: Sequence[Organisation]) -> dict[str, Party]:
    """The parties of those that are there, by name. A visitor may have closed one."""
    numbers = {one.kvk_number: one.name for one in organisations}
    found = OrganisationDetails.objects.filter(kvk_number__in=numbers).select_related("party")
    return {numbers[details.kvk_number]: details.party for details in found}


@dataclass(kw_only=True)
class Books:
    """Accounts, parties and actors by name: a resident's e-mail address, an organisation, a pot, or one of the two."""

    crowd: Crowd
    money: Money
    place: Neighbourhood
    first: date
    at: datetime
    accounts: dict[str, Account] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    owners: dict[str, Actor] = field(default_factory=dict)  # who asks for euros
    residents: list[str] = field(default_factory=list)
    # What can be spent of each account. Kept here too, for thousands of questions; the ledger refuses a wrong answer.
    available: Counter[str] = field(default_factory=Counter)
    blocked: set[str] = field(default_factory=set)
    deeds: int = 0
    spent: Counter[tuple[str, date]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        everywhere = parties_of(people.ORGANISATIONS)
        self.ibans = {one.name: one.iban for one in people.ORGANISATIONS}
        self.parties = {BOARD: self.place.party, MUNICIPALITY: self.crowd.municipality, **everywhere}
        self.issue: Account = accounts_of(self.place.party).get(kind=AccountKind.ISSUE, coin=self.place.coin)
        self.clerk = self.crowd.acting(people.KARIN, self.crowd.municipality)
        self.treasurer = self._treasurer()
        self.actors = {BOARD: self.treasurer, MUNICIPALITY: self.clerk}
        for organisation in people.ORGANISATIONS:
            if organisation.name in everywhere:
                acting = self.crowd.acting(organisation.acts, everywhere[organisation.name])
                self.actors[organisation.name] = acting
                self.owners[organisation.name] = self.crowd.acting(
                    organisation.owner, everywhere[organisation.name]
                )

    def _treasurer(self) -> Actor:
        seats = {seat.office: seat.person for seat in board_of(self.money.slug)}
        return self.crowd.acting(seats["TREASURER"], self.place.party)

    def iban_of(self, name: str) -> str:
        """The bank account of an organisation; of the municipality none that anybody needs to know."""
        return self.ibans.get(name, "")

    def day(self, number: int) -> date:
        """The day that is meant by a number (see home.demo.money.kinds)."""
        start = self.first if number >= 0 else day_of(self.at)
        return date.fromordinal(start.toordinal() + number)

    def key(self, *words: object) -> uuid.UUID:
        """The key of what these words name: the same each time."""
        return uuid.uuid5(NAMESPACE, " ".join((self.money.slug, *map(str, words))))

    def next_key(self) -> uuid.UUID:
        """The key of the next thing that somebody does: two may buy the same at the same minute."""
        self.deeds += 1
        return self.key("deed", self.deeds)

    # --- Accounts ------------------------------------------------------------------------------------------------

    def open_all(self, at: datetime) -> None:
        """Give everybody an account who has none: those who live here, who sell here, and the two."""
        for person in _living_in(self.money.slug):
            party = self.crowd.party(person)
            self.actors[person.email] = self.crowd.acting(person)
            self.residents.append(person.email)
            self._limit(person.email, party, at)
        for holder in self.money.holders:
            if holder.name in self.parties:
                self._open(holder.name, self.parties[holder.name], at, in_area=holder.in_area)
        self._open(BOARD, self.parties[BOARD], at, label="Wijkkas")
        self._open(MUNICIPALITY, self.parties[MUNICIPALITY], at, label="Diensten van de gemeente")

    def _limit(self, name: str, party: Party, at: datetime) -> None:
        """What somebody who lives here has since they were enrolled, with a ceiling."""
        theirs = accounts_of_all(numbers_of(party)).filter(coin=self.place.coin, kind=AccountKind.HOLDER)
        found = theirs.exclude(state=AccountState.CLOSED).first()
        if found is None:  # closed by a visitor of the demo, or never enrolled
            self._open(name, party, at)
        else:
            self.accounts[name] = found
        if self.accounts[name].ceiling is None and self.accounts[name].state != AccountState.CLOSED:
            reclassify_account(
                account=self.accounts[name], ceiling=MOST_ON_AN_ACCOUNT, actor=Actor.system(), at=at
            )

    def _open(self, name: str, party: Party, at: datetime, *, label: str = "", in_area: bool = True) -> None:
        self.accounts[name] = open_account(
            coin=self.place.coin, kind=AccountKind.HOLDER, holder=party, holder_kind=party.kind,
            key=self.key("account", name, party.pk), label=label, in_area=in_area, actor=Actor.system(),
            at=at,
        )  # fmt: skip

    def open_pot(self, pot: Pot, at: datetime) -> None:
        holder = self.parties[pot.holder]
        self.accounts[pot.name] = open_account(
            coin=self.place.coin, kind=AccountKind.POT, holder=holder, holder_kind=holder.kind,
            key=self.key("pot", pot.name), label=pot.name, funder=self.parties[pot.funder], actor=self.clerk,
            ends_on=None if pot.ends is None else self.day(pot.ends), at=at,
        )  # fmt: skip

    def actor_of(self, name: str) -> Actor:
        """Who acts for an account: of a pot, whoever acts for its holder."""
        return self.actors[next((pot.holder for pot in self.money.pots if pot.name == name), name)]

    def holders(self) -> list[Holder]:
        """The organisations with an account here."""
        return [holder for holder in self.money.holders if holder.name in self.accounts]

    def read(self, name: str) -> None:
        """Ask the ledger what can be spent: after money came in or reserved coins came free."""
        self.available[name] = balance_of(self.accounts[name]).available

    def has_room(self, name: str, amount: int) -> bool:
        """Whether a resident's account can take this and what is reserved on it besides."""
        return name not in self.residents or self.available[name] + amount <= MOST_ON_AN_ACCOUNT // 2

    # --- Paying --------------------------------------------------------------------------------------------------

    def may(self, payer: str, payee: str, amount: int, at: datetime) -> bool:
        """Whether a payment goes well: the story is one in which people look at their balance first."""
        if payer == payee or {payer, payee} & self.blocked or not {payer, payee} <= set(self.accounts):
            return False
        if payer in self.residents and self.spent[payer, _month(at)] + amount > MOST_IN_A_MONTH:
            return False
        return self.has_room(payee, amount) and self.available[payer] >= amount

    def spend(self, payer: str, amount: int, at: datetime) -> None:
        """Count what somebody paid or promised."""
        self.available[payer] -= amount
        self.spent[payer, _month(at)] += amount

    def move(self, payer: str, payee: str, amount: int) -> None:
        """What a transfer does to what can be spent."""
        self.available[payer] -= amount
        self.available[payee] += amount

    def pay(
        self, payer: str, payee: str, amount: int, kind: str, at: datetime, *, label: str = "", note: str = ""
    ) -> Transfer | None:
        """Pay, if it can be paid."""
        if amount < 1 or not self.may(payer, payee, amount, at):
            return None
        self.spend(payer, amount, at)
        self.available[payee] += amount
        return transfer(
            payer=self.accounts[payer], payee=self.accounts[payee], amount=amount, kind=kind, label=label, note=note,
            key=self.next_key(), actor=self.actor_of(payer), at=at,
        )  # fmt: skip


def _month(at: datetime) -> date:
    return day_of(at).replace(day=1)


def _living_in(slug: str) -> list[Person]:
    """Those who are enrolled there, each once."""
    found = {person.email: person for person in people.everybody() if person.home}
    return [
        person
        for person in found.values()
        if person.home and person.home.neighbourhood == slug and person.home.living is Living.ATTESTED
    ]
