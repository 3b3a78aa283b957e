"""What people in the demo can do and would like, and who looks for work together."""

from __future__ import annotations

from home.demo.load.season.scene import DAY, HOUR, LANGUAGE, Scene
from home.demo.season.kinds import Helper, Team
from marketplace.models import Activity
from marketplace.models import Team as Joined
from marketplace.operations import proposals, skills, teams


class Working:
    """Skills and teams of one neighbourhood."""

    def __init__(self, scene: Scene, there: dict[str, Activity]) -> None:
        self.scene, self.there = scene, there

    def tell(self) -> None:
        """Who says what they can do, and the teams."""
        for helper in self.scene.season.helpers:
            self.scene.crowd.attempt(f"What {helper.who} can do", lambda helper=helper: self._tell(helper))  # type: ignore[misc]
        for team in self.scene.season.teams:
            self.scene.crowd.attempt(f"The team “{team.name}”", lambda team=team: self._begin(team))  # type: ignore[misc]

    def _tell(self, helper: Helper) -> None:
        kinds = self.scene.categories
        skills.save_profile(
            told=skills.Told(
                about=helper.about, wishes=helper.wishes, language=LANGUAGE, can=[kinds[slug] for slug in helper.can],
                learns=[kinds[slug] for slug in helper.learns], free=helper.free, hours=helper.hours,
                seeks_work=helper.seeks_work, seen_by=helper.seen_by,
            ),
            actor=self.scene.own(helper.who), at=self.scene.crowd.at - 5 * DAY,
        )  # fmt: skip

    def _begin(self, told: Team) -> None:
        scene, now = self.scene, self.scene.crowd.at
        coach = scene.crowd.acting(scene.acts[told.organisation], scene.party(told.organisation))
        team = teams.start_team(
            neighbourhood=scene.place, organisation=scene.party(told.organisation), name=told.name, about=told.about,
            key=scene.key("team", told.name), actor=coach, at=now - 6 * DAY,
        )  # fmt: skip
        for who in (*told.members, *told.asked):
            teams.ask(team=team, person=scene.person(who), actor=coach, at=now - 5 * DAY)
        for who in told.members:
            teams.join(team=team, actor=scene.own(who), at=now - 4 * DAY)
        if told.work and told.work in self.there:
            self._propose(team, told)

    def _propose(self, team: Joined, told: Team) -> None:
        scene, now = self.scene, self.scene.crowd.at
        shift = self.there[told.work].shifts.filter(starts_at__gt=now + DAY).order_by("starts_at").first()
        first = told.members[0]
        proposal = proposals.propose(
            team=team, shift=shift, text=told.words, key=scene.key("proposal", told.name), actor=scene.own(first),
            at=now - 3 * HOUR,
        )  # fmt: skip
        proposals.answer(
            proposal=proposal, joins=True, knows_maximum=True, key=scene.key("answer", told.name),
            actor=scene.own(first), at=now - 2 * HOUR,
        )  # fmt: skip
