"""The pages of the market: what it is, and a face for each offer that a board or organisation writes."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel

from content.models import BasePage
from marketplace.models.activity import Activity
from marketplace.models.offer import Offer, Reach, Refund
from marketplace.units import OfferUnit
from neighbourhoods.models import Neighbourhood, ValuedItem
from neighbourhoods.models.pages.decisions import MadeByFounding
from neighbourhoods.models.pages.places import fixed

TERMS = (
    "terms_amount", "terms_euro", "terms_unit", "terms_item", "terms_until", "terms_reach", "terms_places",
    "terms_voucher", "terms_uses", "terms_voucher_days", "terms_refund", "terms_tags",
)  # fmt: skip


class MarketPage(MadeByFounding):
    """How the market of a neighbourhood works, and what is new there. Its offers stand below it."""

    subpage_types: ClassVar[list[str]] = ["marketplace.OfferPage"]

    class Meta:
        verbose_name = _("market page")
        verbose_name_plural = _("market pages")


class OfferPage(BasePage):
    """The face of an offer of a board or an organisation.

    `terms_…` are what an editor drafts: a proposal, and no more. Publishing in the source language hands them to
    `operations.publishing.publish_page`, once; what counts stands in the plain row. Stock and state are not here.
    """

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="pages", verbose_name=_("offer"))
    picture = models.ForeignKey(
        "content.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    picture_alt = models.CharField(
        _("what is in the picture"), max_length=200, blank=True,
        help_text=_("For people who cannot see it. Empty when it is only decoration."),
    )  # fmt: skip
    terms_amount = models.DecimalField(
        _("price in coins"), max_digits=12, decimal_places=2,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    terms_euro = models.DecimalField(
        _("part in euro"), max_digits=12, decimal_places=2, default=0,
        help_text=_("Paid at the counter, besides the coins. Nought for most offers."),
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    terms_unit = models.CharField(_("per"), max_length=14, choices=OfferUnit.choices, default=OfferUnit.PIECE)
    terms_item = models.ForeignKey(
        ValuedItem, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("what has a value"),
        help_text=_("When the neighbourhood decided what this is worth, that value sets the price or bounds it."),
    )  # fmt: skip
    terms_until = models.DateField(
        _("last day"), help_text=_("You get a mail before that day, and can make it longer.")
    )
    terms_reach = models.CharField(_("for whom"), max_length=8, choices=Reach.choices, default=Reach.HERE)
    terms_places = ParentalManyToManyField(
        Neighbourhood, blank=True, related_name="+", verbose_name=_("other neighbourhoods")
    )
    terms_voucher = models.BooleanField(
        _("bought ahead, with a voucher"), default=False,
        help_text=_("The buyer gets a code at once, and you take it later: a ticket, a card of ten turns."),
    )  # fmt: skip
    terms_uses = models.PositiveSmallIntegerField(
        _("times that a voucher can be used"), default=1,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )  # fmt: skip
    terms_voucher_days = models.PositiveSmallIntegerField(
        _("days that a voucher is valid"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
    )  # fmt: skip
    terms_refund = models.CharField(
        _("giving a voucher back"), max_length=8, choices=Refund.choices, default=Refund.ANY_TIME
    )
    terms_tags = models.CharField(
        _("words to find it by"), max_length=200, blank=True, help_text=_("With commas between them.")
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *fixed("offer", "picture", *TERMS),
    ]
    content_panels: ClassVar[list[Panel]] = [
        *BasePage.content_panels[:2],
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
        MultiFieldPanel([FieldPanel(name) for name in TERMS[:7]], heading=_("Price and terms")),
        MultiFieldPanel([FieldPanel(name) for name in TERMS[7:11]], heading=_("Voucher")),
        FieldPanel("terms_tags"),
        *BasePage.content_panels[2:],
    ]
    parent_page_types: ClassVar[list[str]] = ["marketplace.MarketPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("offer page")
        verbose_name_plural = _("offer pages")


class ActivitiesPage(MadeByFounding):
    """How taking part works in a neighbourhood. Its activities stand below it."""

    subpage_types: ClassVar[list[str]] = ["marketplace.ActivityPage"]

    class Meta:
        verbose_name = _("page about taking part")
        verbose_name_plural = _("pages about taking part")


class ActivityPage(BasePage):
    """The face of an activity of a board or an organisation: its words and picture, and no more.

    What it is worth, who pays, its days and who comes stand in plain rows, changed at the desk of its organiser.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="pages", verbose_name=_("activity"))
    asks = models.CharField(_("what you need for it"), max_length=300, blank=True)
    picture = models.ForeignKey(
        "content.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    picture_alt = models.CharField(
        _("what is in the picture"), max_length=200, blank=True,
        help_text=_("For people who cannot see it. Empty when it is only decoration."),
    )  # fmt: skip

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *fixed("activity", "picture"),
    ]
    content_panels: ClassVar[list[Panel]] = [
        *BasePage.content_panels[:2],
        FieldPanel("asks"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
        *BasePage.content_panels[2:],
    ]
    parent_page_types: ClassVar[list[str]] = ["marketplace.ActivitiesPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("activity page")
        verbose_name_plural = _("activity pages")
