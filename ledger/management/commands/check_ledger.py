from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ledger.proving import Finding, prove

TOLD = 20  # faults of each check, one by one: enough to find where to look


class Command(BaseCommand):
    help = "Count the whole ledger anew and say whether it adds up; exit 1 and name the accounts where it does not."

    def handle(self, *args: Any, **options: Any) -> None:
        findings = prove(most=TOLD)
        self.stdout.write(_table(findings))
        off = [finding for finding in findings if finding.count]
        if off:
            self.stdout.write("\nAmounts are in minor units.")
        for finding in off:
            for fault in finding.faults:
                self.stdout.write(str(fault))
            if finding.more:
                self.stdout.write(f"{finding.check}: … and {finding.more} more")
        if off:
            faults = sum(finding.count for finding in off)
            raise CommandError(
                f"The ledger does not add up. Faults: {faults}, checks that found them: {len(off)}."
            )
        self.stdout.write("\nThe ledger adds up.")


def _table(findings: list[Finding]) -> str:
    lines = [("check", "rows looked at", "faults")]
    lines += [(finding.check, str(finding.rows), str(finding.count)) for finding in findings]
    widths = [max(len(line[column]) for line in lines) for column in range(3)]
    return "\n".join(
        f"{check.ljust(widths[0])}  {rows.rjust(widths[1])}  {faults.rjust(widths[2])}"
        for check, rows, faults in lines
    )
