"""What things are worth in the demo: first values when the coin began, and all that was proposed since.

Where there are valued items already nothing is done: a second time changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from core.actor import Actor
from home.demo.load.persons import Crowd
from home.demo.load.values.course import Course
from home.demo.load.values.ground import Ground, set_guidelines
from home.demo.load.values.shelf import Shelf
from home.demo.values import VALUES, Question, Values
from neighbourhoods.models import ValuedItem
from neighbourhoods.operations.categories import add_categories
from neighbourhoods.operations.demand import watch


def load_values(*, at: datetime) -> Iterator[str]:
    """Have everybody decide what things are worth. Says in a sentence what was done."""
    crowd = Crowd(at=at)
    begun = []
    for values in VALUES:
        place = crowd.places[values.slug]
        # A demo from before there were values was founded without: the same step gives it what it lacks.
        add_categories(place, actor=Actor.system(), at=place.founded_at)
        if not ValuedItem.objects.filter(neighbourhood=place).exists():
            set_guidelines(crowd)
            _decide(crowd, values)
            begun.append(place.name)
    if begun:
        watch(now=at)
    yield f"{', '.join(begun)} decide what things are worth." if begun else "Things had a value already."
    yield from crowd.left_out


def _decide(crowd: Crowd, values: Values) -> None:
    shelf = Shelf(crowd, values)
    ground = Ground(crowd, values, shelf)
    ground.begin()
    for question in shelf.first_values():
        _follow(shelf, question)
    ground.settle()
    for question in values.questions:
        _follow(shelf, question)
    ground.report()


def _follow(shelf: Shelf, question: Question) -> None:
    shelf.crowd.attempt(f"A decision about {question.about}", Course(shelf, question).run)
