"""A season of activities for tests: a market, a club that was let in and is insured, a pot with coins, a value, and the
maximum amounts of the year confirmed.

`season()` gives it; `activity(there, "Koffie schenken")` and `shift(that)` write open rows and ask nobody;
`takes_part(that_shift, person, "CLAIMED")` writes a participation in the state that is asked for. Operations have
their own tests.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.clock import day_of
from ledger.kinds import Label
from marketplace.models import (
    Activity,
    ActivityText,
    CheckedIn,
    OverCap,
    Participation,
    RewardRule,
    RewardYear,
    Shift,
    Situation,
)
from marketplace.states import ActivityState, ParticipationState
from neighbourhoods.models import Neighbourhood, ValuedItem
from people.models import Party, User
from tests.factories import market, values, wallet
from tests.factories.ledger import AT

if TYPE_CHECKING:
    from ledger.models import Account, Coin

__all__ = ["AT", "YEAR", "Season", "activity", "born", "confirm_year", "season", "shift", "takes_part"]

YEAR = AT.year
GROWN_UP = date(1990, 5, 1)
DAY = timedelta(days=1)


@dataclass
class Season:
    """`club` (owner: the login `olaf`) organises, `pot` pays, `item` is worth 6,00 an hour. Ann and Ben live there and
    have wallets, Bea and Bob are the board; all of them are grown up."""

    market: market.Market
    item: ValuedItem

    @property
    def place(self) -> wallet.Place:
        return self.market.place

    @property
    def neighbourhood(self) -> Neighbourhood:
        return self.market.neighbourhood

    @property
    def municipality(self) -> Party:
        return self.market.neighbourhood.municipality

    @property
    def coin(self) -> Coin:
        return self.market.coin

    @property
    def club(self) -> Party:
        return self.place.pot.holder

    @property
    def olaf(self) -> User:
        return self.place.owner_of_club

    @property
    def pot(self) -> Account:
        return self.place.pot

    @property
    def ann(self) -> User:
        return self.place.ann_login

    @property
    def ben(self) -> User:
        return self.place.ben_login

    @property
    def bea(self) -> User:
        return self.market.bea

    @property
    def bob(self) -> User:
        return self.market.bob


def season(name: str = "Molenwijk", iban: str = "NL91ABNA0417164300") -> Season:
    """A neighbourhood in which something can be earned; a second one needs another name and IBAN.

    Not remembered as a whole: an account with coins cannot be put back, the ledger wants each to begin empty.
    """
    there = market.market(name, iban)
    market.admitted(
        there.place.pot.holder,
        there.neighbourhood,
        insurance="Polis 12",
        insured_until_on=day_of(AT + 300 * DAY),
    )
    wallet.fund(there.place, there.place.pot, 500_00)
    item = values.item(there.neighbourhood, "Koffie schenken")
    values.worth(item, 6_00)
    confirm_year(there.neighbourhood.municipality)
    for login in (there.ann_login, there.ben_login, there.bea, there.bob, there.place.owner_of_club):
        born(login.person)
    return Season(market=there, item=item)


def born(person: Party, on: date = GROWN_UP) -> None:
    """Give somebody a date of birth."""
    details: Any = person.details
    type(details).objects.filter(pk=person.pk).update(born_on=on)
    details.born_on = on


def confirm_year(
    municipality: Party,
    year: int = YEAR,
    *,
    over_cap: str = OverCap.BLOCK,
    over_hour: str = OverCap.WARN,
    per_hour: int | None = 5_60,
    per_month: int | None = 210_00,
    per_year: int | None = 2100_00,
    version: int = 1,
) -> RewardYear:
    """Maximum amounts of a year for everybody of 21 and older, for younger people, and nought for who is under 27 and
    receives social assistance."""
    made = RewardYear.objects.create(
        municipality=municipality, year=year, version=version, over_hour=over_hour, over_cap=over_cap,
        source="Made up for a test", confirmed_by=municipality, confirmed_at=AT,
    )  # fmt: skip
    month_and_year = {"per_month": per_month, "per_year": per_year}
    label = Label.VOLUNTEER_ALLOWANCE
    RewardRule.objects.create(of_year=made, label=label, age_until=20, per_hour=3_30, **month_and_year)
    RewardRule.objects.create(of_year=made, label=label, age_from=21, per_hour=per_hour, **month_and_year)
    RewardRule.objects.create(
        of_year=made, label=label, situation=Situation.BENEFIT, age_until=26, per_month=0, per_year=0
    )
    return made


def activity(there: Season, title: str = "Koffie schenken", **more: Any) -> Activity:
    """Something to do, open for everybody and organised by the club unless `more` says otherwise."""
    state = more.pop("state", ActivityState.PUBLISHED)
    language = more.pop("language", "nl")
    text = more.pop("text", {})
    organiser = more.pop("organiser", None) or there.club
    at = more.pop("at", AT)
    made = Activity.objects.create(
        **{
            "neighbourhood": there.neighbourhood, "organiser": organiser, "item": there.item, "pot": there.pot,
            "language": language, "place": "Wiekplein 1", "words": title.lower(), "state": state,
            "made_by": organiser, "made_at": at, "changed_at": at, "key": uuid.uuid4(),
            "published_at": None if state in {"DRAFT", "SUBMITTED", "RETURNED"} else at, **more,
        }
    )  # fmt: skip
    ActivityText.objects.create(activity=made, language=language, title=title, **text)
    return made


def shift(
    of: Activity, starts_at: datetime = AT + 2 * DAY, *, hours: float = 3, places: int = 2, **more: Any
) -> Shift:
    """A shift of an activity, in two days and three hours long unless it is said otherwise."""
    words: dict[str, Any] = {"pin": "4711", "made_by": of.organiser, "made_at": AT, **more}
    return Shift.objects.create(
        activity=of, starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours), places=places, **words
    )


def takes_part(
    in_shift: Shift,
    person: Party,
    state: str = ParticipationState.SIGNED_UP,
    *,
    value: int = 6_00,
    at: datetime | None = None,
    **more: Any,
) -> Participation:
    """That somebody takes part, in a state up to BLOCKED_BY_CAP; paid is what operations do. Hours are all of the
    shift's, confirmed by the organiser."""
    states = ParticipationState
    words: dict[str, Any] = {}
    if state in {states.CHECKED_IN, states.CLAIMED, states.CONFIRMED, states.BLOCKED_BY_CAP, states.DISPUTED}:
        words |= {"checked_in_at": in_shift.starts_at, "checked_in_how": CheckedIn.LINK}
    if state in {states.CLAIMED, states.CONFIRMED, states.BLOCKED_BY_CAP, states.DISPUTED}:
        words |= {"minutes": in_shift.minutes, "claimed_at": in_shift.ends_at}
    if state in {states.CONFIRMED, states.BLOCKED_BY_CAP}:
        words |= {
            "confirmed": in_shift.minutes, "confirmed_at": in_shift.ends_at,
            "confirmed_by": in_shift.activity.organiser, "reward": value * in_shift.minutes // 60,
        }  # fmt: skip
    return Participation.objects.create(
        **{
            "shift": in_shift, "person": person, "value": value, "unit": in_shift.activity.item.unit,
            "label": in_shift.activity.label, "signed_up_at": at or AT, "signed_up_by": person, "state": state,
            "key": uuid.uuid4(), **words, **more,
        }
    )  # fmt: skip
