"""The audit trail of this app in plain words, for the person that it is about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.trail import describes

WORDS = {
    "payment_request.ask": _("A payment was asked for."),
    "payment_request.pay": _("A payment that was asked for was made."),
    "payment_request.decline": _("A payment that was asked for was refused."),
    "payment_request.cancel": _("A payment that was asked for was taken back."),
    "payment_request.expire": _("A payment that was asked for did not come in time."),
    "till.open": _("A till was opened."),
    "till.close": _("A till was closed."),
    "payout.request": _("A payout in euros was asked for."),
    "payout.approve": _("A payout in euros was approved."),
    "payout.export": _("A payout in euros was put in a file for the bank."),
    "payout.pay": _("A payout in euros was made."),
    "payout.fail": _("A payout in euros failed. The coins came back."),
    "payout.cancel": _("A payout in euros was cancelled. The coins came back."),
    "payout.monthly": _("The monthly payout was changed."),
    "payout_run.make": _("A file with payouts was made."),
    "payout_run.send": _("A file with payouts went to the bank."),
    "bank_statement.upload": _("A bank statement was uploaded."),
    "bank_line.match": _("A line of the bank was booked."),
    "bank_line.ignore": _("A line of the bank was left aside."),
    "second_look.propose": _("A proposal was made about a payment."),
    "second_look.approve": _("A proposal was approved."),
    "second_look.reject": _("A proposal was rejected."),
    "second_look.withdraw": _("A proposal was withdrawn."),
    "transfer.charge_back": _("A payment was undone."),
    "account.viewed": _("Somebody at the finance desk looked at an account."),
    "transfer.viewed": _("Somebody at the finance desk looked at a payment."),
    "treasury.change": _("The bank account behind a coin was changed."),
}


def describe_all() -> None:
    """Called once, when the app is ready."""
    describes(**WORDS)
