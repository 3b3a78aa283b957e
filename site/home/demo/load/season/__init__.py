"""The season of the demo: the maximum amounts of the year, what is organised, who came, and what they can do.

Where there are activities already nothing is done: a second time changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from home.demo.load.persons import Crowd
from home.demo.load.season.attendance import Attendance
from home.demo.load.season.ground import confirm_the_year, enrol_the_child, give_birthdays
from home.demo.load.season.limit import come_near
from home.demo.load.season.posting import Posting
from home.demo.load.season.scene import Scene
from home.demo.load.season.work import Working
from home.demo.season import SEASONS, Season
from marketplace.models import Activity
from marketplace.operations.clock import advance


def load_season(*, at: datetime) -> Iterator[str]:
    """Have everybody organise, come, confirm and be paid. Says in a sentence what was done."""
    crowd = Crowd(at=at)
    begun: list[str] = []
    for season in SEASONS:
        place = crowd.places[season.slug]
        if Activity.objects.filter(neighbourhood=place).exists():
            continue
        if not begun:
            confirm_the_year(crowd)
            give_birthdays(crowd)
            crowd.attempt("The child of the household", lambda: enrol_the_child(crowd))
        _begin(crowd, season)
        begun.append(place.name)
    if begun:
        advance(at)
    yield f"{', '.join(begun)} have things to do." if begun else "There were things to do already."
    yield from crowd.left_out


def _begin(crowd: Crowd, season: Season) -> None:
    scene = Scene(crowd, season)
    posting = Posting(scene)
    for to_do in season.to_do:
        crowd.attempt(f"“{to_do.title.nl}” to do", lambda to_do=to_do: posting.post(to_do))  # type: ignore[misc]
    attendance = Attendance(scene, posting.there)
    attendance.what_was()
    attendance.what_comes()
    if season.near is not None:
        crowd.attempt("Near the maximum", lambda: come_near(scene, posting.there))
    posting.end()
    Working(scene, posting.there).tell()
