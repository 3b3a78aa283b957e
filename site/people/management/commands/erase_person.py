from __future__ import annotations

from typing import Any

from core import clock
from core.actor import Actor
from people.management.requests import PersonCommand, in_words, person_known_as
from people.operations.privacy import erase_on_request


class Command(PersonCommand):
    help = (
        "Forget a person who asked for it in writing, with a login or without. It cannot be undone. "
        "The reason is kept: leave out the name."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        person = person_known_as(options["who"])
        with in_words():
            erase_on_request(person=person, reason=options["reason"], actor=Actor.system(), at=clock.now())
        self.stdout.write(f"{person.uuid} is a former participant now.")
