from __future__ import annotations

from core import clock
from core.management.repeated import RepeatedCommand
from marketplace.operations.clock import advance


class Command(RepeatedCommand):
    help = (
        "Do what is due on the market: last days, orders and vouchers that ran out of time, mails. Run it every few "
        "minutes; it does nothing that is not due, and two at a time do no harm."
    )

    def once(self) -> list[str]:
        """What went wrong."""
        done = advance(clock.now())
        if done.steps or not self.quiet:
            self.stdout.write(f"{done.steps} steps done.")
        return done.failed
