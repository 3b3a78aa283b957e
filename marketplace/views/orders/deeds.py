"""The steps of an order: one page for each, which asks what it has to. Sent a second time it shows the order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.amounts import format_amount
from core.form_keys import derive_key
from marketplace.forms.orders import (
    DeliverForm,
    DisputeForm,
    MessageForm,
    ReasonForm,
    ReferenceForm,
    RefundForm,
    RulingForm,
    SureForm,
)
from marketplace.operations.orders import answering, delivering, disputes, refunds
from marketplace.operations.orders import messages as saying
from marketplace.operations.orders import references as referring
from marketplace.operations.orders.settling import share_of
from marketplace.states import OrderState
from marketplace.views.orders.base import AtOrder, at_order
from marketplace.views.orders.order import deed_words, order_page
from neighbourhoods.views.boardroom.base import Ask
from people.queries import canonical

Deed = Callable[[AtOrder], HttpResponse]


def _said_already(at: AtOrder) -> str:
    """What was done meanwhile: by a second press of the button, or by the other side."""
    return {
        OrderState.ACCEPTED: _("This order was already accepted."),
        OrderState.DECLINED: _("This order was already declined."),
        OrderState.CANCELLED: _("This order was already cancelled."),
        OrderState.EXPIRED: _("This order has run out of time."),
        OrderState.DELIVERED: _("This order was already delivered."),
        OrderState.CONFIRMED: _("This order was already paid."),
    }.get(OrderState(at.order.state)) or _("This was done already, or it can no longer be done.")


def step(name: str) -> Callable[[Deed], Callable[..., HttpResponse]]:
    """Let in who can take this step now. For everybody else on the order it was taken before, or by the other side."""

    def around(view: Deed) -> Callable[..., HttpResponse]:
        def inner(at: AtOrder) -> HttpResponse:
            if name not in at.deeds:
                messages.info(at.request, _said_already(at))
                return at.back()
            return view(at)

        return at_order(inner)

    return around


@step("accept")
def order_accept(at: AtOrder) -> HttpResponse:
    """The seller says yes."""
    form = SureForm(at.posted)
    if at.sent(form, lambda _values: answering.accept(order=at.order, **at.by())):
        return at.back(_("Accepted. The buyer hears of it."))
    lead = _("You promise to deliver within thirty days. You are paid when the buyer has it.")
    return at.ask(_ask(at, "accept", _("Do you accept this order?"), lead), form)


@step("decline")
def order_decline(at: AtOrder) -> HttpResponse:
    """The seller says no, with a reason."""
    form = ReasonForm(at.posted)
    if at.sent(form, lambda values: answering.decline(order=at.order, reason=values["reason"], **at.by())):
        return at.back(_("Declined. The coins of the buyer are free again."))
    lead = _("The buyer pays nothing and can spend the coins elsewhere.")
    return at.ask(_ask(at, "decline", _("Why do you decline this order?"), lead), form)


@step("cancel")
def order_cancel(at: AtOrder) -> HttpResponse:
    """Either side takes it back; the seller says why."""
    form = ReasonForm(at.posted, needed=at.is_seller)
    if at.sent(form, lambda values: answering.cancel(order=at.order, reason=values["reason"], **at.by())):
        return at.back(_("Cancelled. Nothing was paid."))
    lead = _("Nothing is paid. The coins that were set apart are free again.")
    title = _("Can you not deliver after all?") if at.is_seller else _("Do you cancel this order?")
    return at.ask(_ask(at, "cancel", title, lead), form)


@step("deliver")
def order_deliver(at: AtOrder) -> HttpResponse:
    """The seller says that it came, all of it or a part."""
    form = DeliverForm(at.posted, most=at.order.quantity)
    if at.sent(
        form, lambda values: delivering.deliver(order=at.order, quantity=values["quantity"], **at.by())
    ):
        return at.back(_("The buyer has fourteen days to look. Then you are paid."))
    lead = _("%(name)s confirms, or you are paid after fourteen days.") % {
        "name": at.order.buyer.display_name
    }
    note = (
        _("Did less come? Then you are paid for that, and the rest goes back.")
        if at.order.quantity > 1
        else ""
    )
    return at.ask(_ask(at, "deliver", _("Is it delivered?"), lead, note), form)


@step("confirm")
def order_confirm(at: AtOrder) -> HttpResponse:
    """The buyer is content: the seller is paid."""
    form = SureForm(at.posted)
    if at.sent(form, lambda _values: delivering.confirm(order=at.order, **at.by())):
        return at.back(_paid(at))
    return at.ask(_ask(at, "confirm", _("Is all well?"), _pays(at)), form)


@step("receive")
def order_receive(at: AtOrder) -> HttpResponse:
    """The buyer has it, and pays at once."""
    form = SureForm(at.posted)
    if at.sent(form, lambda _values: delivering.receive(order=at.order, **at.by())):
        return at.back(_paid(at))
    return at.ask(_ask(at, "receive", _("Do you have all of it?"), _pays(at)), form)


@step("dispute")
def order_dispute(at: AtOrder) -> HttpResponse:
    """The buyer says what is wrong. The board listens to both."""
    form = DisputeForm(at.posted)
    if at.sent(
        form, lambda values: disputes.dispute(order=at.order, language=_language(), **values, **at.by())
    ):
        return at.back(
            _("The seller and the board know of it. The coins stay set apart until it is settled.")
        )
    lead = _(
        "Try a message first: most things are solved that way. Otherwise somebody of the board settles it."
    )
    return at.ask(
        _ask(at, "dispute", _("What is wrong?"), lead, button=_("Tell the seller and the board")), form
    )


@step("give_in")
def order_give_in(at: AtOrder) -> HttpResponse:
    """The seller gives everything back."""
    form = SureForm(at.posted)
    if at.sent(form, lambda _values: disputes.give_in(order=at.order, **at.by())):
        return at.back(_("Everything went back to the buyer. This is settled."))
    lead = _("%(name)s gets all coins back, and you get none. Then this is settled.")
    words = lead % {"name": at.order.buyer.display_name}
    return at.ask(_ask(at, "give_in", _("Do you give everything back?"), words), form)


@step("mediate")
def order_mediate(at: AtOrder) -> HttpResponse:
    """A board member takes it on."""
    form = SureForm(at.posted)
    if at.sent(form, lambda _values: disputes.mediate(order=at.order, **at.by())):
        return at.back(_("You settle this. Both sides know that it is you."))
    lead = _("You listen to both sides and settle it. Both see your name.")
    return at.ask(_ask(at, "mediate", _("Do you take this on?"), lead), form)


@step("resolve")
def order_resolve(at: AtOrder) -> HttpResponse:
    """The mediator says who gets the coins, and why."""
    most = share_of(at.order, at.order.delivered or 0)
    names = {"buyer": at.order.buyer.display_name, "seller": at.order.seller.display_name}
    form = RulingForm(at.posted, most=most, **names)
    if at.sent(form, lambda values: _resolve(at, values)):
        return at.back(_("Settled. Both sides hear of it."))
    lead = _("It is about %(amount)s. What you decide is booked at once, and stays so.")
    words = lead % {"amount": format_amount(most, _language())}
    return at.ask(_ask(at, "resolve", _("Who gets the coins?"), words), form)


def _resolve(at: AtOrder, values: dict[str, Any]) -> None:
    disputes.resolve(order=at.order, awarded=values["awarded"], ruling=values["ruling"], **at.by())


@step("refund")
def order_refund(at: AtOrder) -> HttpResponse:
    """The seller pays back, all or a part, once."""
    form = RefundForm(at.posted, initial={"amount": at.order.paid})
    if at.sent(form, lambda values: refunds.refund(order=at.order, **values, **at.by())):
        back = {"amount": format_amount(at.order.refunded, _language()), "name": at.order.buyer.display_name}
        return at.back(_("You paid back %(amount)s to %(name)s.") % back)
    lead = _("%(name)s paid %(amount)s. You can pay back once: all of it, or a part.")
    paid = {"name": at.order.buyer.display_name, "amount": format_amount(at.order.paid, _language())}
    return at.ask(
        _ask(at, "refund", _("How much do you pay back?"), lead % paid, button=_("Pay it back")), form
    )


@step("refer")
def order_refer(at: AtOrder) -> HttpResponse:
    """One side writes how it went with the other, for everybody to read."""
    form = ReferenceForm(at.posted)
    if at.sent(form, lambda values: _refer(at, values)):
        return at.back(_("Thank you. Others can read it now."))
    words = _("How did it go with %(name)s?") % {"name": at.other.display_name}
    lead = _("Your words help others to choose. You write once, and cannot change it afterwards.")
    return at.ask(_ask(at, "refer", words, lead, button=_("Place my words")), form)


def _refer(at: AtOrder, values: dict[str, Any]) -> None:
    referring.refer(
        order=at.order, text=values["text"], language=_language(), key=_key(at, "refer", values), **at.by()
    )


@at_order
def order_say(at: AtOrder) -> HttpResponse:
    """A message to the other side, from the foot of the page."""
    if at.request.method != "POST":
        return at.back()
    if at.came_to_nothing:
        messages.info(at.request, _("This order is over. Nobody can write here any more."))
        return at.back()
    form = MessageForm(at.posted)
    if at.sent(form, lambda values: _say(at, values)):
        return at.back(_("Your message was sent."))
    return order_page(at, form)


def _say(at: AtOrder, values: dict[str, Any]) -> None:
    saying.say(
        order=at.order, side=at.side, text=values["text"], language=_language(), key=_key(at, "say", values),
        **at.by(),
    )  # fmt: skip


def _ask(at: AtOrder, deed: str, title: str, lead: str = "", note: str = "", *, button: str = "") -> Ask:
    return Ask(title=title, button=button or deed_words(at, deed), back_url=at.url, lead=lead, note=note)


def _pays(at: AtOrder) -> str:
    """What is paid when the buyer says so, and that it is then over."""
    amount = share_of(at.order, at.order.delivered or at.order.quantity)
    paid = {"name": at.order.seller.display_name, "amount": format_amount(amount, _language())}
    words = _("%(name)s then gets %(amount)s at once.") % paid
    return f"{words} {_('You pay the part in euro at the counter.')}" if at.order.euro else words


def _paid(at: AtOrder) -> str:
    words = _("Paid. %(amount)s to %(name)s.")
    paid = {"amount": format_amount(at.order.paid, _language()), "name": at.order.seller.display_name}
    return words % paid


def _key(at: AtOrder, deed: str, values: dict[str, Any]) -> Any:
    owner = canonical(at.person).pk
    return derive_key(scope=f"market_order_{deed}_{at.order.pk}", owner=owner, form_id=values["form_id"])


def _language() -> str:
    return get_language() or ""
