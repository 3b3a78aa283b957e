"""What is organised in the demo: posted, approved or not, planned, and shown on a page where there is one."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from content.translation import add_page
from home.demo.load.season.scene import DAY, LANGUAGE, Scene
from home.demo.season.kinds import Days, ToDo
from marketplace.models import Activity, ActivityPage
from marketplace.operations import activities
from marketplace.operations.shifts import Slot, plan_shifts, weekly
from marketplace.queries.pages import activities_page_of
from neighbourhoods.founding import free_slug


class Posting:
    """What there is to do, by its Dutch title."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.there: dict[str, Activity] = {}

    def post(self, to_do: ToDo) -> None:
        """Write it down, have the board look, plan its shifts."""
        scene, at = self.scene, self.scene.on(to_do.day)
        actor = scene.actor(to_do.by)
        is_own = to_do.by in scene.owners
        pot = scene.pots.get(to_do.pot)
        accessible: dict[str, Any] = dict.fromkeys(to_do.accessible, True)
        activity = activities.draft_activity(
            neighbourhood=scene.place, organiser=scene.party(to_do.by), language=LANGUAGE, title=to_do.title.nl,
            summary=to_do.summary.nl, about=to_do.about, asks=to_do.asks.nl if to_do.asks else "",
            facts=activities.Facts(
                item=scene.items[to_do.item], indication=to_do.indication, pot=pot if is_own else None,
                place=to_do.place, travel=to_do.travel, spoken=to_do.spoken, lowest_age=to_do.lowest_age,
                asks_conduct_certificate=to_do.asks_conduct_certificate, **accessible,
            ),
            key=scene.key("activity", to_do.title.nl), actor=actor, at=at,
        )  # fmt: skip
        if to_do.ends != "draft":
            activities.submit(activity=activity, actor=actor, at=at)
        board, looked_at = scene.board(activity.organiser), min(at + DAY, scene.crowd.at)
        if to_do.ends == "returned":
            activities.return_activity(activity=activity, reason=to_do.reason, actor=board, at=looked_at)
        elif to_do.ends not in {"draft", "submitted"}:
            activities.publish(activity=activity, pot=pot, actor=board, at=looked_at)
        slots = [slot for days in to_do.days for slot in self._slots(days)]
        plan_shifts(
            activity=activity,
            slots=[slot for slot in slots if slot.starts_at > looked_at],
            actor=actor,
            at=looked_at,
        )
        if to_do.page:
            self._show(to_do, activity)
        self.there[to_do.title.nl] = activity

    def end(self) -> None:
        """What goes on no more, or not for now."""
        for to_do in self.scene.season.to_do:
            activity = self.there.get(to_do.title.nl)
            if activity is None:
                continue
            who = {"actor": self.scene.actor(to_do.by), "at": self.scene.crowd.at}
            activity.refresh_from_db()
            if to_do.ends == "paused":
                activities.pause(activity=activity, **who)  # type: ignore[arg-type]
            elif to_do.ends == "cancelled":
                activities.cancel(activity=activity, reason=to_do.reason, **who)  # type: ignore[arg-type]

    def _slots(self, days: Days) -> list[Slot]:
        monday = self.scene.today - timedelta(days=self.scene.today.weekday())
        return weekly(
            first_on=monday + timedelta(weeks=days.first), every=1,
            until_on=monday + timedelta(weeks=days.last, days=6),
            weekdays=[days.weekday], starts=time(*days.starts), ends=time(*days.ends), places=days.places,
            host=days.host,
        )  # fmt: skip

    def _show(self, to_do: ToDo, activity: Activity) -> None:
        """Its page: the same words, and English ones."""
        parent = activities_page_of(self.scene.place)
        if parent is None:
            return
        activity.refresh_from_db()
        user = self.scene.board(activity.organiser).user
        page = ActivityPage(
            activity=activity, title=to_do.title.nl, lead=to_do.summary.nl, owner=user,
            asks=to_do.asks.nl if to_do.asks else "", slug=free_slug(parent, f"activiteit-{activity.pk}"),
        )  # fmt: skip
        told = (to_do.title, to_do.summary, *([to_do.asks] if to_do.asks else []))
        english = {words.nl: words.en for words in told}
        parent.refresh_from_db(fields=["path", "depth", "numchild"])
        add_page(parent, page, words={"en": english}, user=user)
