"""Who came in the demo, and what became of their hours: every step by whoever would take it, at the hour of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle, islice

from core.clock import day_of
from home.demo.load.season.dry import spend
from home.demo.load.season.scene import DAY, HOUR, Scene
from home.demo.season.kinds import Comes, ToDo
from marketplace.models import Activity, Participation, Shift
from marketplace.operations import hours
from marketplace.operations.conduct import see_certificate
from marketplace.operations.taking_part import check_in_by_pin, claim, sign_up, withdraw

EARLIER = timedelta(days=4)
SETTLED_AFTER = timedelta(days=2)
THERE = {"checked_in", "claimed", "paid", "less", "agreed", "ruled", "held"}
TOLD = THERE - {"checked_in"}
MINUTE = timedelta(minutes=1)


class Attendance:
    """The shifts of one neighbourhood."""

    def __init__(self, scene: Scene, there: dict[str, Activity]) -> None:
        self.scene, self.there = scene, there

    def what_was(self) -> None:
        """Every shift that is over: its regulars, and who is named in it."""
        for to_do in self.scene.season.to_do:
            activity = self.there.get(to_do.title.nl)
            if activity is None:
                continue
            turn = cycle(to_do.regulars)
            for shift in self._over(activity):
                named = self._named(to_do, shift)
                regular = [
                    Comes(who=who, to=to_do.title.nl, day=0, then="paid") for who in islice(turn, to_do.come)
                ] if to_do.regulars and not named else []  # fmt: skip
                if named or regular:
                    self.scene.crowd.attempt(
                        f"“{to_do.title.nl}” on {shift.starts_at:%d-%m}",
                        lambda to_do=to_do, shift=shift, all_=[*named, *regular]: self._hold(
                            to_do, shift, all_
                        ),  # type: ignore[misc]
                    )

    def what_comes(self) -> None:
        """Who signed up for a shift that is still to come, in the order in which they are named; then who does not come
        after all."""
        ahead = [one for one in self.scene.season.comes if one.day >= 0 and one.to in self.there]
        for number, one in enumerate(one for one in ahead if one.then != "withdrawn"):
            at = self.scene.crowd.at - timedelta(hours=30) + number * MINUTE
            self.scene.crowd.attempt(
                f"{one.who} in “{one.to}”",
                lambda one=one, at=at: self._sign_up(self._shift(one), one, at),  # type: ignore[misc]
            )
        for one in (one for one in ahead if one.then == "withdrawn"):
            self.scene.crowd.attempt(f"{one.who} not in “{one.to}”", lambda one=one: self._withdraw(one))  # type: ignore[misc]

    def _over(self, activity: Activity) -> Iterator[Shift]:
        yield from activity.shifts.filter(ends_at__lt=self.scene.crowd.at - SETTLED_AFTER).order_by(
            "starts_at"
        )

    def _named(self, to_do: ToDo, shift: Shift) -> list[Comes]:
        """Those whose day this shift is the first one on or after."""
        return [
            one
            for one in self.scene.season.comes
            if one.day < 0 and one.to == to_do.title.nl and self._shift(one) == shift
        ]

    def _shift(self, one: Comes) -> Shift | None:
        found = (
            self.there[one.to].shifts.filter(starts_at__gte=self.scene.on(one.day, 0)).order_by("starts_at")
        )
        return found.first()

    def _hold(self, to_do: ToDo, shift: Shift, everybody: list[Comes]) -> None:
        """One shift from signing up to coins."""
        came: list[tuple[Comes, Participation]] = []
        for number, one in enumerate(everybody):
            made = self._sign_up(shift, one, shift.starts_at - EARLIER + number * MINUTE)
            if made is not None:
                came.append((one, made))
        for one, made in came:
            self._come(to_do, shift, one, made)
        self._confirm(to_do, shift, came)
        for one, made in came:
            self._fall_out(to_do, shift, one, made)

    def _sign_up(self, shift: Shift | None, one: Comes, at: datetime) -> Participation | None:
        if shift is None:
            return None
        return sign_up(
            shift=shift, person=self.scene.person(one.who), key=self.scene.key("part", shift.ref, one.who),
            actor=self.scene.own(one.by_guardian or one.who), at=at, knows_maximum=True,
        )  # fmt: skip

    def _withdraw(self, one: Comes) -> None:
        shift = self._shift(one)
        mine = Participation.objects.get(shift=shift, person=self.scene.person(one.who).canonical_id)
        withdraw(participation=mine, actor=self.scene.own(one.who), at=self.scene.crowd.at - 5 * HOUR)

    def _come(self, to_do: ToDo, shift: Shift, one: Comes, made: Participation) -> None:
        if one.then not in THERE:
            return
        if to_do.asks_conduct_certificate:
            see_certificate(
                organisation=self.there[to_do.title.nl].organiser, person=made.person,
                until_on=day_of(shift.starts_at) + timedelta(days=700), actor=self.scene.confirms(made, to_do.by),
                at=shift.starts_at - HOUR,
            )  # fmt: skip
        own = self.scene.own(one.who)
        check_in_by_pin(participation=made, pin=shift.pin, actor=own, at=shift.starts_at - 5 * MINUTE)
        if one.then in TOLD:
            told = one.minutes if one.then == "claimed" and one.minutes else shift.minutes
            claim(participation=made, minutes=told, actor=own, at=shift.ends_at + 2 * HOUR)

    def _confirm(self, to_do: ToDo, shift: Shift, came: list[tuple[Comes, Participation]]) -> None:
        """The list of the organiser, a day later: each line by somebody who is not on it."""
        at = shift.ends_at + DAY
        if any(one.then == "held" for one, _made in came):
            spend(self.scene, self.there[to_do.title.nl], at - HOUR)
        for one, made in came:
            if one.then in {"signed_up", "checked_in", "claimed", "withdrawn"}:
                continue
            less = one.then in {"less", "agreed", "ruled"}
            line = hours.Line(
                participation=made, is_absent=one.then in {"absent", "objected", "rejected"},
                minutes=one.minutes if less else None, reason=one.words if less else "",
            )  # fmt: skip
            for outcome in hours.confirm_group(
                shift=shift, lines=[line], actor=self.scene.confirms(made, to_do.by), at=at
            ):
                if outcome.refusal is not None:
                    raise outcome.refusal

    def _fall_out(self, to_do: ToDo, shift: Shift, one: Comes, made: Participation) -> None:
        own, at = self.scene.own(one.who), shift.ends_at + DAY + 3 * HOUR
        made.refresh_from_db()
        if one.then == "objected":
            hours.contest_absence(participation=made, text=one.words, actor=own, at=at)
        elif one.then == "rejected":
            hours.contest_absence(participation=made, text=one.words, actor=own, at=at)
            organiser = self.scene.confirms(made, to_do.by)
            hours.answer(
                participation=made, text="Wij hebben gewacht en gebeld.", actor=organiser, at=at + HOUR
            )
            hours.rule(
                participation=made, minutes=0, ruling="Niemand die er was heeft je gezien.",
                actor=self.scene.board(made.person, self.scene.party(to_do.by)), at=at + DAY,
            )  # fmt: skip
        elif one.then == "agreed":
            hours.agree(participation=made, actor=own, at=at)
        elif one.then == "ruled":
            hours.answer(participation=made, text="Ik bleef om op te ruimen.", actor=own, at=at)
            hours.rule(
                participation=made, minutes=(one.minutes or 0) + 30, ruling="Opruimen hoort erbij: een half uur.",
                actor=self.scene.board(made.person, self.scene.party(to_do.by)), at=at + DAY,
            )  # fmt: skip
