"""Something gets a value, from a resident's proposal to the day that it is in force: told by pages, in English.

The residents vote in secret; later the board decides about the same thing with names, and one member is left out.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from io import StringIO

import time_machine
from django.core.management import call_command
from pytest_django import Settings
from wagtail.models import Locale

from core.actor import Actor
from neighbourhoods.models import (
    Decider,
    Indication,
    Neighbourhood,
    SeatOffice,
    Secrecy,
    Subject,
    ValueDecision,
    ValuedItem,
    ValueVersion,
)
from neighbourhoods.operations.policies import FIRST, PolicyValues, Rule, add_first_policies, set_policy
from neighbourhoods.operations.seats import appoint_seat
from neighbourhoods.queries.items import value_on
from neighbourhoods.states import ValueState
from people.models import Role, User
from tests.factories.people import mandate, organisation, person
from tests.factories.residency import municipality, place, resident
from tests.factories.values import category
from tests.flows.visitor import Visitor

BEGINS = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
NAMES = ("Ann", "Ben", "Cas", "Dee", "Eva", "Fay", "Gus")
BOARD = ("Dee", "Eva", "Fay")


class Story:
    """Seven residents, three of them on the board; each step is what one of them does, or two."""

    def __init__(self, clock: time_machine.Traveller) -> None:
        self.clock = clock
        Locale.objects.get_or_create(language_code="en")
        self.dijkstad = municipality()
        self.molenwijk: Neighbourhood = place(of=self.dijkstad)
        add_first_policies(self.molenwijk, actor=Actor.system(), at=BEGINS)
        self.rules(FIRST[Subject.VALUE], support_needed=Fraction(2, 7), turnout_quorum=Fraction(1, 3))
        category("welzijn", name="Care and company")
        self.logins: dict[str, User] = {name: person(name) for name in NAMES}
        for login in self.logins.values():
            resident(login, self.molenwijk)
        for name in BOARD:
            appoint_seat(
                person=self.logins[name].person, neighbourhood=self.molenwijk, from_on=BEGINS.date(),
                until_on=date(2029, 1, 1), office=SeatOffice.CHAIR if name == "Dee" else SeatOffice.MEMBER,
                actor=Actor.system(), at=BEGINS,
            )  # fmt: skip
        self.of = {name: Visitor(login) for name, login in self.logins.items()}

    def rules(self, values: PolicyValues, **more: object) -> None:
        changed = replace(values, **more)  # type: ignore[arg-type]
        set_policy(
            neighbourhood=self.molenwijk,
            subject=Subject.VALUE,
            values=changed,
            actor=Actor.system(),
            at=BEGINS,
        )

    @property
    def decision(self) -> ValueDecision:
        return ValueDecision.objects.select_related("item").order_by("-pk")[0]

    @property
    def item(self) -> ValuedItem:
        return self.decision.item

    def page(self, where: str = "") -> str:
        return f"/en/vote/values/{self.decision.ref}/{where}"

    def room(self, where: str = "") -> str:
        return f"/en/vote/board/{self.molenwijk.slug}/values/{self.decision.ref}/{where}"

    def vote(self, where: str = "") -> str:
        last = self.decision.votes.select_related("box").order_by("-number")[0]
        return f"/en/vote/{last.box.ref}/{where}"

    def it_is(self, moment: datetime) -> None:
        """Time passes, and everything that is due happens. Who was signed in for weeks signs in again."""
        self.clock.move_to(moment)
        for name, login in self.logins.items():
            self.of[name].client.force_login(login)
        call_command("advance_votes", stdout=StringIO())

    # --- The residents decide -----------------------------------------------------------------------------------------

    def ann_proposes(self) -> None:
        form = self.of["Ann"].open(f"/en/vote/values/propose/{self.molenwijk.slug}/")
        form.press(
            "Propose this", name="Reading aloud at school", kind="SERVICE", unit="HOUR", category="welzijn",
            amount="9.00", text="The children love it.",
        )  # fmt: skip

        assert self.decision.state == ValueState.PROPOSED
        assert "Reading aloud at school" in self.of["Gus"].open(self.page()).words

    def two_support_it(self) -> None:
        self.of["Ben"].open(self.page()).press("I support this")
        assert self.decision.state == ValueState.PROPOSED
        self.of["Cas"].open(self.page()).press("I support this")

        assert self.decision.state == ValueState.ADMITTED

    def everybody_is_asked(self) -> None:
        form = self.of["Dee"].open(self.room()).follow("Ask everybody")
        form.press("Ask everybody", low="4.00", high="14.00", step="0.50", volume="20")
        self.of["Gus"].open(self.page()).press("Place my reaction", text="Nine is a lot for reading a book.")
        self.of["Ben"].open(self.page()).press("Place my reaction", text="Gus is a bore.")
        hidden = self.of["Dee"].open(self.room()).follow("Hide it : Ben")
        hidden.press("Hide it", reason="This is about a person, not about the value.")

        words = self.of["Ann"].open(self.page()).words
        assert "Nine is a lot for reading a book." in words
        assert "Gus is a bore." not in words
        assert "This is about a person, not about the value." in words

    def six_name_an_amount(self) -> None:
        self.it_is(self.decision.consulted_until or BEGINS)
        assert self.decision.state == ValueState.VOTING
        self.rules(FIRST[Subject.VALUE], turnout_quorum=Fraction(1))  # touches nothing that runs
        amounts = {"Ann": "10.00", "Ben": "9.00", "Cas": "14.00", "Dee": "7.50", "Eva": "8.00", "Gus": "4.00"}
        for name, amount in amounts.items():
            voter = self.of[name].open(self.vote())
            voter.press("Look at my vote", amount=amount).press("Cast my vote")
            assert "You have voted" in voter.words
        for name in ("Dee", "Fay"):
            assert "14.00" not in self.of[name].open(self.vote("result/")).words

    def the_middle_amount_wins_and_can_be_appealed(self) -> None:
        """Of six amounts the lower of the two in the middle: it had no value yet that could be counted once more."""
        self.it_is(self.decision.votes.get().box.closes_at)

        assert (self.decision.state, self.decision.decided) == (ValueState.APPEAL, 800)
        assert "8.00" in self.of["Gus"].open(self.page()).words
        assert value_on(self.item, self.decision.effective_on or date.max) is None
        told = json.loads(self.of["Gus"].client.get(self.vote("result.json")).content)
        assert sorted(choice for choice, _code in told["input"]["ballots"]) == [
            400,
            750,
            800,
            900,
            1000,
            1400,
        ]

    def it_is_in_force_from_its_day(self) -> None:
        effective_on = self.decision.effective_on
        assert effective_on is not None
        self.it_is(datetime(effective_on.year, effective_on.month, effective_on.day, 9, 0, tzinfo=UTC) - DAY)
        assert self.decision.state == ValueState.APPEAL
        self.it_is(datetime(effective_on.year, effective_on.month, effective_on.day, 9, 0, tzinfo=UTC))

        assert self.decision.state == ValueState.IN_FORCE
        assert value_on(self.item, effective_on) == 800
        assert value_on(self.item, effective_on - DAY) is None
        prices = json.loads(
            self.of["Gus"].client.get(f"/en/vote/prices/{self.molenwijk.slug}/prices.json").content
        )
        assert "Reading aloud at school" in json.dumps(prices)

    # --- The board decides --------------------------------------------------------------------------------------------

    def the_board_decides_from_now_on(self) -> None:
        self.rules(
            PolicyValues(
                decider=Decider.BOARD, secrecy=Secrecy.RECORDED, method="YES_NO", rules=(Rule(kind="HAS_SEAT"),),
                turnout_quorum=Fraction(1, 2), voting_days=7,
            )
        )  # fmt: skip
        club = organisation("Stichting Voorleesclub")
        mandate(person=self.logins["Fay"], principal=club, role=Role.FINANCE)
        Indication.objects.create(
            item=self.item, organisation=club, amount=1200, grounds="Readers have costs.", language="en",
            made_by=self.logins["Fay"].person, made_at=BEGINS,
        )  # fmt: skip

    def the_chair_proposes_and_a_member_is_left_out(self) -> None:
        known = self.of["Dee"].open(f"/en/vote/prices/items/{self.item.ref}/").follow("Propose another value")
        known.press(
            "Propose this", amount="10.00", text="More readers are needed.", evidence="The school asked."
        )
        self.of["Dee"].open(self.room()).follow("Put it on the agenda").press("Put it on the agenda")
        self.of["Dee"].open(self.room()).follow("Ask everybody").press("Ask everybody")
        self.it_is(self.decision.consulted_until or BEGINS)

        assert self.decision.state == ValueState.VOTING
        assert not self.of["Fay"].open(self.room()).page.select("input[name=choice]")
        for name in ("Dee", "Eva"):
            self.of[name].open(self.room()).press("Vote", choice="yes", reason="The school needs them.")

    def the_board_said_yes(self) -> None:
        self.it_is(self.decision.votes.get().box.closes_at)

        assert (self.decision.state, self.decision.decided) == (ValueState.APPEAL, 1000)
        words = self.of["Ann"].open(self.page()).words
        assert "The school needs them." in words
        assert "Fay" in words  # and that she was left out

    def the_older_value_is_followed(self) -> None:
        day = self.decision.effective_on
        assert day is not None
        self.it_is(datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC))

        versions = ValueVersion.objects.filter(item=self.item).order_by("effective_on")
        assert [one.amount for one in versions] == [800, 1000]
        states = ValueDecision.objects.order_by("pk").values_list("state", flat=True)
        assert list(states) == [ValueState.SUPERSEDED, ValueState.IN_FORCE]


def test_residents_and_later_the_board_decide_what_something_is_worth(db: None, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = False
    with time_machine.travel(BEGINS, tick=False) as clock:
        story = Story(clock)
        story.ann_proposes()
        story.two_support_it()
        story.everybody_is_asked()
        story.six_name_an_amount()
        story.the_middle_amount_wins_and_can_be_appealed()
        story.it_is_in_force_from_its_day()
        story.the_board_decides_from_now_on()
        story.the_chair_proposes_and_a_member_is_left_out()
        story.the_board_said_yes()
        story.the_older_value_is_followed()
