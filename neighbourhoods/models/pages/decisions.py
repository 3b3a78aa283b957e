"""The pages about who decides: faces of plain rows, made by founding and by elections."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models import BasePage
from neighbourhoods.models.election import Election
from neighbourhoods.models.pages.places import fixed


class MadeByFounding(BasePage):
    """A page of which each neighbourhood has one, made by founding and never by hand."""

    max_count_per_parent: ClassVar[int] = 1
    parent_page_types: ClassVar[list[str]] = ["neighbourhoods.NeighbourhoodPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    @classmethod
    def can_create_at(cls, _parent: Any) -> bool:
        """Never in the admin: founding sees to it, and its words can be changed."""
        return False


class BoardPage(MadeByFounding):
    """Who sits on the board and until when, their interests, the minutes of their meetings."""

    class Meta:
        verbose_name = _("board page")
        verbose_name_plural = _("board pages")


class DecisionsPage(MadeByFounding):
    """What is open and what was decided. Elections and value decisions stand below it."""

    subpage_types: ClassVar[list[str]] = [
        "neighbourhoods.ElectionPage",
        "neighbourhoods.ValueDecisionPage",
    ]

    class Meta:
        verbose_name = _("decisions page")
        verbose_name_plural = _("decisions pages")


class HowWeDecidePage(MadeByFounding):
    """How this neighbourhood decides, told from its policies."""

    class Meta:
        verbose_name = _("page about how we decide")
        verbose_name_plural = _("pages about how we decide")


class ElectionPage(BasePage):
    """The face of an election: made when it is announced; the board may add words, the row decides."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="pages", verbose_name=_("election"))

    override_translatable_fields = [*BasePage.override_translatable_fields, *fixed("election")]
    parent_page_types: ClassVar[list[str]] = ["neighbourhoods.DecisionsPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("election page")
        verbose_name_plural = _("election pages")

    @classmethod
    def can_create_at(cls, _parent: Any) -> bool:
        """Never in the admin: an election begins with its plain row."""
        return False
