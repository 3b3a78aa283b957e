"""The ground on which values are decided in the demo: who decides, guidelines, rules of pots, demand."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from core.actor import Actor
from core.clock import day_of
from home.demo import people
from home.demo.load.money.diary import moment
from home.demo.load.persons import Crowd
from home.demo.load.values.shelf import Shelf
from home.demo.values import GUIDELINES, VOLUNTEER, Demand, Indicated, Rule, Values
from ledger.queries import pots as pots_of
from neighbourhoods.counting import Method
from neighbourhoods.models import Category, Decider, RuleKind, Secrecy, Subject, ValueGuideline
from neighbourhoods.operations.demand import report, set_limit
from neighbourhoods.operations.guidelines import set_guideline
from neighbourhoods.operations.policies import PolicyValues, set_policy
from neighbourhoods.operations.policies import Rule as Condition
from neighbourhoods.operations.pot_rules import add_rule
from neighbourhoods.operations.values import indicate
from neighbourhoods.queries.demand import Figures, monday_of
from people.models import Party
from people.operations.mandates import award_mandate

BEGINS, SETTLED, RULED, LIMITED = -384, -320, -300, -60
WEEK = timedelta(weeks=1)
SUPPORT = Fraction(1, 6)


def ways_of(decider: str, *, days_to_react: int = 14) -> PolicyValues:
    """The policy with which a neighbourhood of some twenty people decides so."""
    by_board = decider == Decider.BOARD
    return PolicyValues(
        decider=decider,
        method=Method.YES_NO if by_board else Method.MEDIAN,
        secrecy=Secrecy.RECORDED if by_board else Secrecy.SECRET,
        rules=(Condition(kind=RuleKind.HAS_SEAT if by_board else RuleKind.LIVES_HERE),),
        turnout_quorum=Fraction(1, 2) if by_board else Fraction(1, 4),
        support_needed=SUPPORT,
        voting_days=7 if by_board else 10,
        consultation_days=days_to_react,
    )


def set_guidelines(crowd: Crowd) -> None:
    """Have the municipality say between which amounts values are to be, when it did not yet."""
    if ValueGuideline.objects.filter(municipality=crowd.municipality).exists():
        return
    clerk = crowd.acting(people.KARIN, crowd.municipality)
    for slug, unit, low, high, note, day in GUIDELINES:
        on = day_of(crowd.at) + timedelta(days=day)
        set_guideline(
            municipality=crowd.municipality, category=Category.objects.get(slug=slug), unit=unit, low=low, high=high,
            note=note, from_on=on, actor=clerk, at=moment(on, 9),
        )  # fmt: skip


class Ground:
    """What one neighbourhood decides on, and by which rules."""

    def __init__(self, crowd: Crowd, values: Values, shelf: Shelf) -> None:
        self.crowd, self.values, self.shelf = crowd, values, shelf
        self.place = shelf.place
        self.spoken: list[Indicated] = []  # a visitor may have closed an organisation
        self.known: list[Indicated] = []

    def begin(self) -> None:
        """The board decides, as long as people have to get used to their coin."""
        self._policy(Decider.BOARD, "", BEGINS, days_to_react=7)
        self._volunteer()

    def settle(self) -> None:
        """Months later the neighbourhood chooses how it decides, its pots get rules, and organisations speak."""
        self._policy(self.values.ways.decider, "", SETTLED)
        for slug, decider in self.values.ways.apart.items():
            self._policy(decider, slug, SETTLED)
        for rule in self.values.rules:
            if not rule.organiser or rule.organiser in self.shelf.organisations:
                self._rule(rule)
        for measure, number in self.values.limits:
            at = self.shelf.on(LIMITED)
            set_limit(
                neighbourhood=self.place, measure=measure, number=number, actor=self.shelf.leader(at), at=at
            )
        # Who indicated a value has an interest in the vote about it, so this comes before any vote.
        self.spoken = [one for one in self.values.indications if one.organisation in self.shelf.organisations]
        self.known = [told for told in self.spoken if told.about in self.shelf.there]
        for told in self.known:
            self._indicate(told)

    def report(self) -> None:
        """What organisations think of newer things, and what was asked for in the last eight weeks."""
        for told in self.spoken:
            if told not in self.known:
                self._indicate(told)
        for demand in self.values.demand:
            self._weeks(demand)

    def _policy(self, decider: str, slug: str, day: int, *, days_to_react: int = 14) -> None:
        set_policy(
            neighbourhood=self.place, subject=Subject.VALUE, values=ways_of(decider, days_to_react=days_to_react),
            category=self.shelf.categories[slug] if slug else None, actor=self.crowd.desk, at=self.shelf.on(day, 9),
        )  # fmt: skip

    def _volunteer(self) -> None:
        """Somebody on a board helps in an organisation too, and so steps aside when that is what it is about."""
        email, name, role = VOLUNTEER
        person = self.crowd.users[email].person
        if person in self.shelf.board(self.shelf.on(BEGINS)).values():
            award_mandate(
                person=person, principal=self._organisation(name), role=role, from_on=self.shelf.date(BEGINS),
                actor=Actor.system(), at=self.shelf.on(BEGINS),
            )  # fmt: skip

    def _rule(self, rule: Rule) -> None:
        pots = {pot.account.label: pot.account for pot in pots_of(self.place.coin, on=self.shelf.today)}
        item = self.shelf.there[rule.item] if rule.item else None
        clerk = self.crowd.acting(people.KARIN, self.crowd.municipality)
        add_rule(
            pot=pots[rule.pot],
            organiser=self._organisation(rule.organiser) if rule.organiser else None,
            category=self.shelf.categories[rule.category] if rule.category else None,
            item=item,
            actor=clerk,
            at=self.shelf.on(RULED),
        )

    def _indicate(self, told: Indicated) -> None:
        indicate(
            item=self.shelf.there[told.about], organisation=self._organisation(told.organisation), amount=told.amount,
            grounds=told.grounds, language="nl", actor=self._owner(told.organisation), at=self.shelf.on(told.day, 15),
        )  # fmt: skip

    def _weeks(self, demand: Demand) -> None:
        last = monday_of(self.shelf.today)
        rows = list(zip(demand.open_places, demand.sign_ups, demand.waiting, demand.open_demand, strict=True))
        for ago, (open_places, sign_ups, waiting, open_demand) in enumerate(reversed(rows)):
            figures = Figures(
                open_places=open_places, sign_ups=sign_ups, waiting=waiting, open_demand=open_demand
            )
            report(
                item=self.shelf.there[demand.about],
                week_on=last - ago * WEEK,
                figures=figures,
                at=self.crowd.at,
            )

    def _organisation(self, name: str) -> Party:
        return self.shelf.organisations[name]

    def _owner(self, name: str) -> Actor:
        owner = next(one.owner for one in people.ORGANISATIONS if one.name == name)
        return self.crowd.acting(owner, self._organisation(name))
