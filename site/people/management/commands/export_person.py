from __future__ import annotations

import json
from typing import Any

from core import clock
from core.actor import Actor
from people.management.requests import PersonCommand, in_words, person_known_as
from people.operations.privacy import export_on_request


class Command(PersonCommand):
    help = "Write out all that is kept about a person who cannot fetch it, for want of a login, as JSON."

    def handle(self, *args: Any, **options: Any) -> None:
        person, now = person_known_as(options["who"]), clock.now()
        with in_words():
            data = export_on_request(person=person, reason=options["reason"], actor=Actor.system(), at=now)
        self.stdout.write(json.dumps({**data, "made_at": now.isoformat()}, ensure_ascii=False, indent=2))
