"""What is ordered in the demo, and the steps that follow: each by whoever would take it."""

from __future__ import annotations

from collections.abc import Callable

from home.demo.load.market.town import Town
from home.demo.market.kinds import Answer, Deal, Step
from marketplace.models import Offer, Order
from marketplace.operations import vouchers
from marketplace.operations.orders import (
    answering,
    delivering,
    disputes,
    messages,
    placing,
    references,
    refunds,
)
from marketplace.operations.responses import choose, decline_response, respond, withdraw_response

LANGUAGE = "nl"


class Deals:
    """Orders of one market. Whoever buys or sells is known by name."""

    def __init__(self, town: Town, offers: dict[str, Offer]) -> None:
        self.town, self.offers = town, offers
        self.sellers = {one.title.nl: one.by for one in town.market.offers}

    def order(self, deal: Deal) -> None:
        """Somebody orders, and what follows."""
        town, offer = self.town, self._offer(deal.of)
        order = placing.place(
            offer=offer, quantity=deal.quantity, buyer=town.party(deal.by),
            key=town.key("order", deal.of, deal.by, deal.day), actor=town.actor(deal.by), at=town.on(deal.day),
        )  # fmt: skip
        self._follow(order, deal.steps, buyer=deal.by, seller=self.sellers[deal.of])

    def answer(self, answer: Answer) -> None:
        """Somebody answers what is wanted; chosen, it becomes an order of who asked."""
        town, asker = self.town, self.sellers[answer.to]
        made = respond(
            offer=self._offer(answer.to), responder=town.party(answer.by), amount=answer.amount, text=answer.text,
            language=LANGUAGE, key=town.key("answer", answer.to, answer.by), actor=town.actor(answer.by),
            at=town.on(answer.day),
        )  # fmt: skip
        if answer.declined:
            decline_response(response=made, actor=town.actor(asker), at=town.on(answer.day + 1))
        elif answer.withdrawn:
            withdraw_response(response=made, actor=town.actor(answer.by), at=town.on(answer.day + 1))
        elif answer.chosen is not None:
            key = town.key("choice", answer.to, answer.by)
            order = choose(response=made, key=key, actor=town.actor(asker), at=town.on(answer.chosen))
            self._follow(order, answer.steps, buyer=asker, seller=answer.by)

    def _offer(self, title: str) -> Offer:
        offer = self.offers[title]
        offer.refresh_from_db()
        return offer

    def _follow(self, order: Order, steps: tuple[Step, ...], *, buyer: str, seller: str) -> None:
        for number, step in enumerate(steps):
            order = Order.objects.get(pk=order.pk)
            name = {"say_buyer": buyer, "say_seller": seller}.get(step.do)
            if name is not None:
                side = step.do.removeprefix("say_")
                messages.say(
                    order=order, side=side, text=step.words, language=LANGUAGE,
                    key=self.town.key("message", order.key, number), actor=self.town.actor(name),
                    at=self.town.on(step.day, 12 + number),
                )  # fmt: skip
            else:
                STEPS[step.do](self, order, step, buyer, seller)

    def by(self, name: str, step: Step) -> dict[str, object]:
        return {"actor": self.town.actor(name), "at": self.town.on(step.day, 15)}

    def by_board(self, order: Order, step: Step) -> dict[str, object]:
        return {"actor": self.town.board(order.buyer, order.seller), "at": self.town.on(step.day, 15)}


Follow = Callable[[Deals, Order, Step, str, str], object]


def _accept(deals: Deals, order: Order, step: Step, _buyer: str, seller: str) -> None:
    answering.accept(order=order, **deals.by(seller, step))  # type: ignore[arg-type]


def _decline(deals: Deals, order: Order, step: Step, _buyer: str, seller: str) -> None:
    answering.decline(order=order, reason=step.words, **deals.by(seller, step))  # type: ignore[arg-type]


def _cancel(deals: Deals, order: Order, step: Step, buyer: str, _seller: str) -> None:
    answering.cancel(order=order, reason=step.words, **deals.by(buyer, step))  # type: ignore[arg-type]


def _deliver(deals: Deals, order: Order, step: Step, _buyer: str, seller: str) -> None:
    delivering.deliver(order=order, quantity=step.number or None, **deals.by(seller, step))  # type: ignore[arg-type]


def _confirm(deals: Deals, order: Order, step: Step, buyer: str, _seller: str) -> None:
    delivering.confirm(order=order, **deals.by(buyer, step))  # type: ignore[arg-type]


def _dispute(deals: Deals, order: Order, step: Step, buyer: str, _seller: str) -> None:
    disputes.dispute(order=order, text=step.words, language=LANGUAGE, **deals.by(buyer, step))  # type: ignore[arg-type]


def _mediate(deals: Deals, order: Order, step: Step, _buyer: str, _seller: str) -> None:
    disputes.mediate(order=order, **deals.by_board(order, step))  # type: ignore[arg-type]


def _resolve(deals: Deals, order: Order, step: Step, _buyer: str, _seller: str) -> None:
    disputes.resolve(order=order, awarded=step.number, ruling=step.words, **deals.by_board(order, step))  # type: ignore[arg-type]


def _refund(deals: Deals, order: Order, step: Step, _buyer: str, seller: str) -> None:
    refunds.refund(order=order, amount=step.number, reason=step.words, **deals.by(seller, step))  # type: ignore[arg-type]


def _refer_buyer(deals: Deals, order: Order, step: Step, buyer: str, _seller: str) -> None:
    _refer(deals, order, step, buyer)


def _refer_seller(deals: Deals, order: Order, step: Step, _buyer: str, seller: str) -> None:
    _refer(deals, order, step, seller)


def _refer(deals: Deals, order: Order, step: Step, name: str) -> None:
    references.refer(
        order=order, text=step.words, language=LANGUAGE, key=deals.town.key("reference", order.key, name),
        **deals.by(name, step),  # type: ignore[arg-type]
    )  # fmt: skip


def _use(deals: Deals, order: Order, step: Step, _buyer: str, seller: str) -> None:
    key = deals.town.key("use", order.key, step.day)
    vouchers.use(voucher=order.voucher, uses=step.number, key=key, **deals.by(seller, step))  # type: ignore[arg-type]


def _give_back(deals: Deals, order: Order, step: Step, buyer: str, _seller: str) -> None:
    vouchers.refund_voucher(voucher=order.voucher, **deals.by(buyer, step))  # type: ignore[arg-type]


def _block(deals: Deals, order: Order, step: Step, buyer: str, _seller: str) -> None:
    vouchers.block(voucher=order.voucher, **deals.by(buyer, step))  # type: ignore[arg-type]


STEPS: dict[str, Follow] = {
    "accept": _accept, "decline": _decline, "cancel": _cancel, "deliver": _deliver, "confirm": _confirm,
    "dispute": _dispute, "mediate": _mediate, "resolve": _resolve, "refund": _refund, "refer_buyer": _refer_buyer,
    "refer_seller": _refer_seller, "use": _use, "give_back": _give_back, "block": _block,
}  # fmt: skip
