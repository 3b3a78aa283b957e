"""The pages of the tree: fields, panels, and which may stand under which."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from content.models import BasePage
from neighbourhoods.models.neighbourhood import Neighbourhood


def fixed(*names: str) -> list[SynchronizedField]:
    """Fields that are the same in every language and cannot be changed in a translation."""
    return [SynchronizedField(name, overridable=False) for name in names]


class MunicipalityPage(BasePage):
    """The front page of a municipality: its neighbourhoods and its news."""

    party = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="+", verbose_name=_("municipality")
    )

    override_translatable_fields = [*BasePage.override_translatable_fields, *fixed("party")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = [
        "neighbourhoods.NeighbourhoodPage",
        "neighbourhoods.NewsIndexPage",
        "neighbourhoods.StandardPage",
    ]

    class Meta:
        verbose_name = _("municipality page")
        verbose_name_plural = _("municipality pages")

    @classmethod
    def can_create_at(cls, _parent: Any) -> bool:
        """Never in the admin: a municipality begins with its party."""
        return False


class NeighbourhoodPage(BasePage):
    """The front page of a neighbourhood, and the root of its tree. It is made by founding, never by hand."""

    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="pages", verbose_name=_("neighbourhood")
    )

    override_translatable_fields = [*BasePage.override_translatable_fields, *fixed("neighbourhood")]
    parent_page_types: ClassVar[list[str]] = ["neighbourhoods.MunicipalityPage"]
    subpage_types: ClassVar[list[str]] = [
        "neighbourhoods.NewsIndexPage",
        "neighbourhoods.StandardPage",
        "neighbourhoods.BoardPage",
        "neighbourhoods.DecisionsPage",
        "neighbourhoods.HowWeDecidePage",
        "neighbourhoods.PriceListPage",
        "marketplace.MarketPage",  # by name: this floor does not know the market
    ]

    class Meta:
        verbose_name = _("neighbourhood page")
        verbose_name_plural = _("neighbourhood pages")

    @classmethod
    def can_create_at(cls, _parent: Any) -> bool:
        """Never in the admin: a neighbourhood begins with its plain row, coin and rights."""
        return False


class NewsIndexPage(BasePage):
    """All news of a place, newest first."""

    max_count_per_parent: ClassVar[int] = 1
    parent_page_types: ClassVar[list[str]] = [
        "home.HomePage",
        "neighbourhoods.MunicipalityPage",
        "neighbourhoods.NeighbourhoodPage",
    ]
    subpage_types: ClassVar[list[str]] = ["neighbourhoods.NewsPage"]

    class Meta:
        verbose_name = _("news index")
        verbose_name_plural = _("news indexes")


class NewsKind(models.TextChoices):
    NEWS = "NEWS", _("news")
    EVENT = "EVENT", _("something to do")
    DECISION = "DECISION", _("something decided")


class NewsPage(BasePage):
    """One piece of news, something to do on a day, or a decision told."""

    kind = models.CharField(_("kind"), max_length=10, choices=NewsKind.choices, default=NewsKind.NEWS)
    published_on = models.DateField(_("date on the page"))
    happens_on = models.DateField(
        _("day"), null=True, blank=True, help_text=_("For something to do: the day that it happens.")
    )
    hours = models.CharField(
        _("time"), max_length=60, blank=True, help_text=_("For example: 10 am to 12 noon.")
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    picture = models.ForeignKey(
        "content.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    picture_alt = models.CharField(
        _("what is in the picture"),
        max_length=200,
        blank=True,
        help_text=_("For people who cannot see it. Empty when it is only decoration."),
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *fixed("kind", "published_on", "happens_on", "picture"),
    ]
    content_panels: ClassVar[list[Panel]] = [
        *BasePage.content_panels[:1],
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("published_on")], heading=_("What it is")),
        MultiFieldPanel(
            [FieldPanel("happens_on"), FieldPanel("hours"), FieldPanel("place")], heading=_("When and where")
        ),
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list[Any]] = [*BasePage.search_fields, index.SearchField("place")]
    parent_page_types: ClassVar[list[str]] = ["neighbourhoods.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("news page")
        verbose_name_plural = _("news pages")

    def clean(self) -> None:
        super().clean()
        if self.kind == NewsKind.EVENT and not self.happens_on:
            raise ValidationError({"happens_on": _("Say on which day it happens.")})


class StandardPage(BasePage):
    """Any other page: about, accessibility, privacy."""

    parent_page_types: ClassVar[list[str]] = [
        "home.HomePage",
        "neighbourhoods.MunicipalityPage",
        "neighbourhoods.NeighbourhoodPage",
        "neighbourhoods.StandardPage",
    ]
    subpage_types: ClassVar[list[str]] = ["neighbourhoods.StandardPage"]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
