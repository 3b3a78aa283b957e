"""The audit trail of this app in plain words, for the person that it is about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.trail import describes

WORDS = {
    "residency.request": _("It was asked to enrol you in a neighbourhood."),
    "residency.letter": _("A letter with a code was made for you."),
    "residency.enter_code": _("You were enrolled in a neighbourhood, with the code from the letter."),
    "residency.attest": _("You were enrolled in a neighbourhood, at the desk."),
    "residency.refuse": _("You were not enrolled in a neighbourhood."),
    "residency.withdraw": _("The request to enrol you was withdrawn."),
    "residency.end": _("You are no longer enrolled in a neighbourhood."),
    "residency.expire": _("Your enrolment in a neighbourhood ran out."),
    "residency.carry_over": _("You were known here twice. Where you live was moved along."),
    "seat.appoint": _("You got a seat on the board of a neighbourhood."),
    "seat.end": _("Your seat on the board of a neighbourhood ended."),
    "seat.cancel": _("A seat on the board that you were to get was cancelled."),
    "person.viewed": _("Somebody at the desk looked at your details."),
    "area.added": _("An area was added."),
    "municipality.founded": _("A municipality was added."),
    "neighbourhood.founded": _("A neighbourhood was added."),
    "neighbourhood.look_changed": _("The look of a neighbourhood was changed."),
    # The ledger stands beside people and cannot say this itself.
    "coin.founded": _("The coin of a neighbourhood was made."),
    "coin.changed": _("The coin of a neighbourhood was changed."),
    "account.open": _("An account for coins was opened."),
    "account.block": _("An account was blocked."),
    "account.unblock": _("An account was opened again."),
    "account.close": _("An account was closed."),
    "account.reclassify": _("What an account is and may was changed."),
    "reservation.capture": _("Reserved coins were paid."),
    "reservation.release": _("Reserved coins came free again."),
    "reservation.expire": _("Reserved coins came free again, because their time had passed."),
    "funding.announce": _("Money for coins was announced."),
    "funding.receive": _("Money for coins came in."),
    "funding.return": _("Money for coins was paid back."),
    "funding.cancel": _("Money that was announced is not coming."),
    "funding.expire": _("Money that was announced did not come in time."),
    "limit.set": _("A limit on payments was set."),
}


def describe_all() -> None:
    """Called once, when the app is ready."""
    describes(**WORDS)
