"""The front page of the whole site, one per language."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from content.models import BasePage


class HomePage(BasePage):
    """Where everybody arrives: what this is, and which places there are."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "neighbourhoods.MunicipalityPage",
        "neighbourhoods.NewsIndexPage",
        "neighbourhoods.StandardPage",
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
