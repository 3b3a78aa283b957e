"""The pages about what things are worth: the price list, and a face for each value decision."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel

from content.models import BasePage
from neighbourhoods.models.pages.decisions import MadeByFounding
from neighbourhoods.models.pages.places import fixed
from neighbourhoods.models.value_decision import ValueDecision


class PriceListPage(MadeByFounding):
    """All that has a value today, and what it was before."""

    class Meta:
        verbose_name = _("price list")
        verbose_name_plural = _("price lists")


class ValueDecisionPage(BasePage):
    """The face of a value decision. A board writes one in the admin, or it is made when a proposal comes on the agenda.

    `terms_…` are what an editor drafts: a proposal, and no more. Publishing in the source language hands them to
    `operations.values.publish_terms`, once; what counts stands in the plain row.
    """

    decision = models.ForeignKey(
        ValueDecision, models.PROTECT, related_name="pages", verbose_name=_("value decision")
    )
    terms_amount = models.DecimalField(
        _("proposed value"), max_digits=12, decimal_places=2, null=True, blank=True,
        help_text=_("Per hour, piece or turn. Empty when it should have no value any more."),
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    terms_volume = models.PositiveIntegerField(
        _("how often a month"), null=True, blank=True,
        help_text=_("How many hours, pieces or turns you expect. So everybody sees what it costs."),
    )  # fmt: skip
    terms_evidence = models.TextField(
        _("who asks for it"), max_length=1000, blank=True,
        help_text=_("For example: the school asked for five readers. A value is for what somebody needs."),
    )  # fmt: skip
    terms_from = models.DateField(
        _("in force from"), null=True, blank=True,
        help_text=_("The first day of the new value, when the decision is final by then."),
    )  # fmt: skip

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *fixed("decision", "terms_amount", "terms_volume", "terms_evidence", "terms_from"),
    ]
    content_panels: ClassVar[list[Panel]] = [
        *BasePage.content_panels[:2],
        MultiFieldPanel(
            [
                FieldPanel("terms_amount"),
                FieldPanel("terms_volume"),
                FieldPanel("terms_evidence"),
                FieldPanel("terms_from"),
            ],
            heading=_("What you propose"),
        ),
        *BasePage.content_panels[2:],
    ]
    parent_page_types: ClassVar[list[str]] = ["neighbourhoods.DecisionsPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("value decision page")
        verbose_name_plural = _("value decision pages")
