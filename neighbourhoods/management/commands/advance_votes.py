from __future__ import annotations

from core import clock
from core.management.repeated import RepeatedCommand
from neighbourhoods.operations.elections import advance


class Command(RepeatedCommand):
    help = (
        "Do what is due in elections and other votes: open, close, count, make final, send reminders. Run it every few "
        "minutes; it does nothing that is not due, and two at a time do no harm."
    )

    def once(self) -> list[str]:
        """What went wrong; what waits is said."""
        done = advance(now=clock.now())
        if done.steps or not self.quiet:
            self.stdout.write(f"{done.steps} steps done.")
        for line in [] if self.quiet else done.waiting:
            self.stdout.write(f"Waiting: {line}")
        return done.failed
