"""The audit trail of the market in plain words, for the person that it is about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.trail import describes

WORDS = {
    "offer.draft": _("You began an offer."),
    "offer.submit": _("You sent an offer to the board."),
    "offer.publish": _("Your offer came on the market."),
    "offer.return": _("Your offer was sent back by the board."),
    "offer.pause": _("Your offer was taken off the market for now."),
    "offer.suspend": _("Your offer was taken off the market by the board."),
    "offer.resume": _("Your offer came back on the market."),
    "offer.end": _("Your offer ended."),
    "offer.withdraw": _("You took back an offer."),
    "offer.terms": _("Your offer got other terms."),
    "offer.stock": _("How many there are left of your offer was changed."),
    "offer.change": _("The words of your offer were changed."),
    "offer.remind": _("You were reminded of the last day of your offer."),
    "response.respond": _("You answered what somebody asked."),
    "response.choose": _("Your answer was chosen."),
    "response.decline": _("Another answer was chosen, not yours."),
    "response.withdraw": _("You took back your answer."),
    "order.place": _("Something was ordered."),
    "order.accept": _("An order was accepted."),
    "order.decline": _("An order was declined."),
    "order.cancel": _("An order was cancelled."),
    "order.expire": _("An order ran out of time."),
    "order.deliver": _("An order was delivered."),
    "order.confirm": _("An order was paid."),
    "order.dispute": _("A disagreement about an order began."),
    "order.mediate": _("A member of the board took on a disagreement about an order."),
    "order.resolve": _("A disagreement about an order was settled."),
    "order.refund": _("An order was paid back."),
    "voucher.issue": _("A voucher was made."),
    "voucher.use": _("A voucher was used."),
    "voucher.use_up": _("A voucher was used up."),
    "voucher.expire": _("A voucher lapsed. What was left came back."),
    "voucher.refund": _("A voucher was given back."),
    "voucher.block": _("A voucher was blocked."),
    "voucher.unblock": _("A voucher can be used again."),
    "voucher.unblock_used": _("A voucher can be used again."),
    "reference.write": _("A reference was written after an order."),
    "reference.hide": _("A reference was hidden by the board."),
    "reference.show": _("A reference was shown again."),
    "admission.request": _("You asked to let an organisation on the market."),
    "admission.admit": _("An organisation was let on the market."),
    "admission.refuse": _("An organisation was not let on the market."),
    "admission.withdraw": _("A request to let an organisation on the market was taken back."),
    "admission.expire": _("The admission of an organisation to the market ran out."),
    "admission.end": _("The admission of an organisation to the market was ended."),
    "admission.remind": _("You were reminded that an admission to the market, or its insurance, runs out."),
    "admission.prolong": _("The admission of an organisation to the market was prolonged."),
    "admission.insure": _("You told how an organisation is insured."),
    "opening_times.set": _("Your opening times were changed."),
    "offer_report.report": _("You reported an offer."),
    "offer_report.uphold": _("An offer that you reported was taken off the market."),
    "offer_report.dismiss": _("An offer that you reported stays on the market."),
    "word_rule.add": _("You put a word on the list of a market."),
    "word_rule.remove": _("You took a word off the list of a market."),
    "saved_search.save": _("You saved a search."),
    "saved_search.remove": _("You removed a saved search."),
}


def describe_all() -> None:
    """Called when the app is ready."""
    describes(**WORDS)
