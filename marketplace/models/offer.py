from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from taggit.managers import TaggableManager
from taggit.models import ItemBase

from core.states import StateTable
from marketplace.states import OFFER, OfferState
from marketplace.units import OfferUnit
from neighbourhoods.models import Category, Neighbourhood, ValuedItem


class Direction(models.TextChoices):
    SUPPLY = "SUPPLY", pgettext_lazy("on the market", "offered")
    DEMAND = "DEMAND", pgettext_lazy("on the market", "wanted")


class OfferKind(models.TextChoices):
    GOOD = "GOOD", _("product")
    SERVICE = "SERVICE", _("service")
    MUNICIPAL = "MUNICIPAL", _("municipal service")
    COURSE = "COURSE", _("course")
    SPORT = "SPORT", _("sport")
    EVENT = "EVENT", pgettext_lazy("on the market", "event")
    ENERGY = "ENERGY", _("energy")
    TRANSPORT = "TRANSPORT", _("transport")
    JOB = "JOB", pgettext_lazy("on the market", "job")


class Reach(models.TextChoices):
    HERE = "HERE", _("residents and organisations of this neighbourhood")
    NAMED = "NAMED", _("this neighbourhood and the ones that are named")
    ANYWHERE = "ANYWHERE", _("everybody who has this coin")


class Refund(models.TextChoices):
    """When the buyer of a voucher can give it back before it lapses."""

    ANY_TIME = "ANY_TIME", _("at any time, for what is not used")
    UNUSED = "UNUSED", _("as long as nothing of it was used")
    AT_END = "AT_END", _("not before its last day; what is left then comes back by itself")


ON_MARKET = models.Q(state=OfferState.PUBLISHED)


class OfferTag(ItemBase):
    """A word that an offer is found by."""

    content_object = models.ForeignKey("marketplace.Offer", models.CASCADE, related_name="tagged")
    tag = models.ForeignKey("taggit.Tag", models.CASCADE, related_name="marketplace_offers")

    class Meta:
        verbose_name = _("tag of an offer")
        verbose_name_plural = _("tags of offers")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="marketplace_offer_tagged_once")
        ]


class Offer(models.Model):
    """Something that is offered or wanted, once over all languages. This row decides; a page may show it.

    What it costs stands in its `terms`, which are never changed: other terms are a new version. `price`, `until_on` and
    `reach` repeat those of the terms in force, so that a market of any size asks one table; `operations.terms` alone
    writes them. `stock` is how many pieces or places are left, none means without end. `words` is all that it is found
    by, in every language, in small letters.
    """

    table: ClassVar[StateTable] = OFFER

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="offers", verbose_name=_("neighbourhood")
    )
    direction = models.CharField(_("offered or wanted"), max_length=6, choices=Direction.choices)
    kind = models.CharField(_("kind"), max_length=10, choices=OfferKind.choices)
    category = models.ForeignKey(Category, models.PROTECT, related_name="offers", verbose_name=_("category"))
    # Who sells; of what is wanted, who asks and pays.
    provider = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="offers", verbose_name=_("who offers or asks")
    )
    language = models.CharField(_("language"), max_length=10)
    picture = models.ForeignKey(
        "content.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    picture_alt = models.CharField(_("what is in the picture"), max_length=200, blank=True)
    place = models.CharField(_("where"), max_length=120, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    tags = TaggableManager(through=OfferTag, blank=True, verbose_name=_("tags"))
    words = models.TextField(_("what it is found by"), blank=True, editable=False)

    terms = models.ForeignKey(
        "marketplace.OfferTerms",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("terms"),
    )
    price = models.BigIntegerField(_("price"), null=True, blank=True)
    until_on = models.DateField(_("last day"), null=True, blank=True)
    reach = models.CharField(_("for whom"), max_length=8, choices=Reach.choices, default=Reach.HERE)
    stock = models.PositiveIntegerField(_("how many are left"), null=True, blank=True)

    state = models.CharField(_("state"), max_length=10, choices=OfferState.choices, default=OfferState.DRAFT)
    # Taken off by the board, or by the clock when its last day passed or its price no longer fits the value.
    paused_by_board = models.BooleanField(_("taken off by the board"), default=False)
    made_by = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="offers_made", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"))
    published_at = models.DateTimeField(_("on the market since"), null=True, blank=True)
    reminded_on = models.DateField(_("reminded on"), null=True, blank=True)
    key = models.UUIDField(unique=True, editable=False)  # the form's key: sent twice, made once

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["DRAFT", "SUBMITTED", "RETURNED", "ENDED"])
                | models.Q(
                    terms__isnull=False,
                    price__isnull=False,
                    until_on__isnull=False,
                    published_at__isnull=False,
                ),
                name="marketplace_offer_on_terms",
            ),
            models.CheckConstraint(
                condition=models.Q(price__isnull=True) | models.Q(price__gt=0),
                name="marketplace_offer_has_a_price",
            ),
            models.CheckConstraint(
                condition=models.Q(stock__isnull=True) | models.Q(stock__gte=0),
                name="marketplace_never_oversold",
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="marketplace_offer_on_earth",
            ),
        ]
        indexes = [
            models.Index(
                fields=["neighbourhood", "-published_at", "-id"],
                condition=ON_MARKET,
                name="marketplace_new_in",
            ),
            models.Index(fields=["-published_at", "-id"], condition=ON_MARKET, name="marketplace_new"),
            models.Index(
                fields=["neighbourhood", "price", "id"], condition=ON_MARKET, name="marketplace_cheap_in"
            ),
            models.Index(fields=["price", "id"], condition=ON_MARKET, name="marketplace_cheap"),
            models.Index(
                fields=["category", "-published_at"], condition=ON_MARKET, name="marketplace_of_category"
            ),
            models.Index(fields=["provider", "state"], name="marketplace_of_provider"),
            models.Index(fields=["neighbourhood", "state"], name="marketplace_queue"),
            models.Index(fields=["state", "until_on"], name="marketplace_until"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.direction} {self.state}"

    @property
    def is_demand(self) -> bool:
        return self.direction == Direction.DEMAND

    @property
    def is_sold_out(self) -> bool:
        return self.stock == 0


class OfferText(models.Model):
    """The words of an offer in one language: a resident's own, or those of its page, written when it is published."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="texts", verbose_name=_("offer"))
    language = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("title"), max_length=80)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    about = models.TextField(_("more about it"), max_length=3000, blank=True)

    class Meta:
        verbose_name = _("words of an offer")
        verbose_name_plural = _("words of offers")
        constraints = [
            models.UniqueConstraint(fields=["offer", "language"], name="marketplace_told_once_a_language")
        ]

    def __str__(self) -> str:
        return self.title


class OfferTerms(models.Model):
    """What an offer costs and for how long, per unit. Never changed: orders point at the terms they were placed under.

    `amount` is minor units of the neighbourhood's coin, `euro` euro cents that are paid at the counter and never
    booked. `item` is what of it has a value decided by the neighbourhood, which sets or bounds the amount. With
    `is_voucher` it is bought ahead: each unit gives `uses` turns, within `voucher_days` days.
    """

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="versions", verbose_name=_("offer"))
    version = models.PositiveIntegerField(_("version"))
    amount = models.BigIntegerField(_("price in coins"))
    euro = models.BigIntegerField(_("part in euro"), default=0)
    unit = models.CharField(_("per"), max_length=14, choices=OfferUnit.choices, default=OfferUnit.PIECE)
    item = models.ForeignKey(
        ValuedItem, models.PROTECT, null=True, blank=True, related_name="offer_terms",
        verbose_name=_("what has a value"),
    )  # fmt: skip
    until_on = models.DateField(_("last day"))
    reach = models.CharField(_("for whom"), max_length=8, choices=Reach.choices, default=Reach.HERE)
    is_voucher = models.BooleanField(_("bought ahead, with a voucher"), default=False)
    uses = models.PositiveSmallIntegerField(_("times that a voucher can be used"), default=1)
    voucher_days = models.PositiveSmallIntegerField(_("days that a voucher is valid"), null=True, blank=True)
    refund = models.CharField(
        _("giving a voucher back"), max_length=8, choices=Refund.choices, default=Refund.ANY_TIME
    )
    made_by = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, related_name="offer_terms_made", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("terms of an offer")
        verbose_name_plural = _("terms of offers")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "version"],
                name="marketplace_terms_version_once",
                violation_error_message=_("Somebody else changed this at the same moment. Try again."),
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="marketplace_terms_cost_something"),
            models.CheckConstraint(condition=models.Q(euro__gte=0), name="marketplace_terms_euro"),
            models.CheckConstraint(
                condition=models.Q(is_voucher=False, voucher_days__isnull=True, uses=1)
                | models.Q(is_voucher=True, voucher_days__gte=1, uses__gte=1, euro=0),
                name="marketplace_terms_of_a_voucher",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.amount} per {self.unit}"


class OfferReach(models.Model):
    """Another neighbourhood whose residents and organisations can order under these terms."""

    terms = models.ForeignKey(OfferTerms, models.PROTECT, related_name="places", verbose_name=_("terms"))
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="+", verbose_name=_("neighbourhood")
    )

    class Meta:
        verbose_name = _("reach of an offer")
        verbose_name_plural = _("reaches of offers")
        constraints = [
            models.UniqueConstraint(fields=["terms", "neighbourhood"], name="marketplace_reaches_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.terms_id} in {self.neighbourhood_id}"


class OpeningTime(models.Model):
    """When somebody who sells is open, on a day of the week (1 is Monday, as ISO 8601 counts)."""

    provider = models.ForeignKey(
        "people.Party", models.CASCADE, related_name="opening_times", verbose_name=_("who is open")
    )
    weekday = models.PositiveSmallIntegerField(_("day of the week"))
    opens_at = models.TimeField(_("opens"))
    closes_at = models.TimeField(_("closes"))

    class Meta:
        verbose_name = _("opening time")
        verbose_name_plural = _("opening times")
        ordering = ["weekday", "opens_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "weekday", "opens_at"], name="marketplace_opens_once"
            ),
            models.CheckConstraint(
                condition=models.Q(weekday__gte=1, weekday__lte=7), name="marketplace_day_of_the_week"
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="marketplace_opens_before_it_closes",
                violation_error_message=_("Closing time comes after opening time."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.weekday} {self.opens_at}"
