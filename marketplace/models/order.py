from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.states import StateTable
from marketplace.models.offer import Offer, OfferTerms
from marketplace.states import ORDER, RESPONSE, OrderState, ResponseState


class Response(models.Model):
    """Somebody's answer to what is wanted: what they would do it for. Seen by who asks and who answers alone.

    `amount` is minor units for one unit of what is asked.
    """

    table: ClassVar[StateTable] = RESPONSE

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses
    offer = models.ForeignKey(
        Offer, models.PROTECT, related_name="responses", verbose_name=_("what is wanted")
    )
    terms = models.ForeignKey(OfferTerms, models.PROTECT, related_name="+", verbose_name=_("terms"))
    responder = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="market_responses", verbose_name=_("who answers")
    )
    amount = models.BigIntegerField(_("for how much"))
    text = models.TextField(_("message"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=10)
    made_by = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="market_responses_made", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"))
    state = models.CharField(
        _("state"), max_length=10, choices=ResponseState.choices, default=ResponseState.OPEN
    )
    key = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "responder"],
                condition=models.Q(state=ResponseState.OPEN),
                name="marketplace_responds_once",
                violation_error_message=_("You already answered this. Take that back first."),
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="marketplace_responds_for_something"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} to {self.offer_id}: {self.state}"


class Order(models.Model):
    """Something ordered, under the terms of that moment. Coins are reserved until it is confirmed.

    `amount` is all that is reserved, in minor units; `euro` what is paid at the counter, in euro cents. `delivered` is
    how many of `quantity` came, `paid` what the seller received, `refunded` what they gave back of that. `due_at` is
    the moment at which the clock takes the next step when nobody does.
    """

    table: ClassVar[StateTable] = ORDER

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="orders", verbose_name=_("offer"))
    terms = models.ForeignKey(OfferTerms, models.PROTECT, related_name="orders", verbose_name=_("terms"))
    response = models.OneToOneField(
        Response, models.PROTECT, null=True, blank=True, related_name="order", verbose_name=_("response")
    )
    buyer = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="orders_bought", verbose_name=_("buyer")
    )
    seller = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="orders_sold", verbose_name=_("seller")
    )
    quantity = models.PositiveIntegerField(_("how many"))
    amount = models.BigIntegerField(_("amount"))
    euro = models.BigIntegerField(_("part in euro"), default=0)
    delivered = models.PositiveIntegerField(_("how many came"), null=True, blank=True)
    paid = models.BigIntegerField(_("paid"), default=0)
    refunded = models.BigIntegerField(_("given back"), default=0)
    reservation = models.OneToOneField(
        "ledger.Reservation", models.PROTECT, related_name="+", verbose_name=_("reservation")
    )
    transfer = models.OneToOneField(
        "ledger.Transfer", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("payment")
    )
    placed_by = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="orders_placed", verbose_name=_("ordered by")
    )
    placed_at = models.DateTimeField(_("ordered at"))
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=OrderState.choices, default=OrderState.PLACED)
    key = models.UUIDField(unique=True, editable=False)  # the form's key: sent twice, ordered once

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0, amount__gt=0, euro__gte=0),
                name="marketplace_order_of_something",
            ),
            models.CheckConstraint(
                condition=~models.Q(buyer=models.F("seller")), name="marketplace_order_from_another"
            ),
            models.CheckConstraint(
                condition=models.Q(delivered__isnull=True) | models.Q(delivered__lte=models.F("quantity")),
                name="marketplace_delivered_at_most_all",
            ),
            models.CheckConstraint(
                condition=models.Q(paid__gte=0, paid__lte=models.F("amount"))
                & models.Q(refunded__gte=0, refunded__lte=models.F("paid")),
                name="marketplace_paid_at_most_once",
            ),
        ]
        indexes = [
            models.Index(fields=["buyer", "state", "-placed_at"], name="marketplace_bought"),
            models.Index(fields=["seller", "state", "-placed_at"], name="marketplace_sold"),
            models.Index(fields=["state", "due_at"], name="marketplace_order_due"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"


class OrderMessage(models.Model):
    """What buyer and seller say to each other about an order. A mediator reads it when there is a disagreement."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="messages", verbose_name=_("order"))
    author = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="order_messages", verbose_name=_("author")
    )
    # For which side somebody writes: the buyer, the seller, or the board that mediates.
    side = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="+", verbose_name=_("in the name of")
    )
    text = models.TextField(_("message"), max_length=1000)
    language = models.CharField(_("language"), max_length=10)
    at = models.DateTimeField(_("at"))
    key = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("message about an order")
        verbose_name_plural = _("messages about orders")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"#{self.pk} about {self.order_id}"


class Dispute(models.Model):
    """A disagreement about an order, and what a board member ruled. `awarded` (minor units) goes to the seller."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="dispute", verbose_name=_("order"))
    text = models.TextField(_("what is wrong"), max_length=1000)
    language = models.CharField(_("language"), max_length=10)
    opened_by = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="disputes_opened", verbose_name=_("opened by")
    )
    opened_at = models.DateTimeField(_("opened at"))
    mediator = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, blank=True, related_name="disputes_mediated",
        verbose_name=_("mediator"),
    )  # fmt: skip
    awarded = models.BigIntegerField(_("for the seller"), null=True, blank=True)
    ruling = models.TextField(_("ruling"), max_length=1000, blank=True)
    ruled_at = models.DateTimeField(_("ruled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("disagreement")
        verbose_name_plural = _("disagreements")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ruled_at__isnull=True)
                | models.Q(awarded__isnull=False, awarded__gte=0) & ~models.Q(ruling=""),
                name="marketplace_ruled_with_reasons",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} about {self.order_id}"


class Reference(models.Model):
    """What buyer or seller says about the other after an order. Words alone: no marks, and no stars for people.

    The board can hide one, with a reason that everybody reads in its place.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses
    order = models.ForeignKey(Order, models.PROTECT, related_name="references", verbose_name=_("order"))
    about = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="market_references", verbose_name=_("about")
    )
    author = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="market_references_written", verbose_name=_("author")
    )
    text = models.TextField(_("reference"), max_length=500)
    language = models.CharField(_("language"), max_length=10)
    at = models.DateTimeField(_("at"))
    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True)
    hidden_by = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("hidden by")
    )
    hidden_reason = models.CharField(_("why it was hidden"), max_length=300, blank=True)
    key = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "about"],
                name="marketplace_refers_once",
                violation_error_message=_("You already wrote about this order."),
            ),
            models.CheckConstraint(
                condition=models.Q(hidden_at__isnull=True) | ~models.Q(hidden_reason=""),
                name="marketplace_hidden_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} about {self.about_id}"
