"""The tree of categories as the market shows it, in one query."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import get_language

from neighbourhoods.models import CategoryText


@dataclass(slots=True, kw_only=True)
class Branch:
    """A category with the ones below it; those have none themselves."""

    pk: int
    slug: str
    name: str
    below: list[Branch] = field(default_factory=list)

    @property
    def numbers(self) -> set[int]:
        """Its own number and those below it: whoever asks for a branch asks for all of it."""
        return {self.pk, *(one.pk for one in self.below)}


def branches(language: str | None = None) -> list[Branch]:
    """All broad categories in their order, with names in a language; where one has none, in that of the site."""
    wanted = language or get_language() or settings.LANGUAGE_CODE
    texts = CategoryText.objects.select_related("category", "locale").order_by(
        "category__position", "category_id"
    )
    found: dict[int, Branch] = {}
    parents: dict[int, int | None] = {}
    for text in texts:
        of = text.category
        one = found.setdefault(of.pk, Branch(pk=of.pk, slug=of.slug, name=""))
        if text.locale.language_code == wanted or (
            text.locale.language_code == settings.LANGUAGE_CODE and not one.name
        ):
            one.name = text.name
        parents[of.pk] = of.parent_id
    for pk, parent in parents.items():
        found[pk].name = found[pk].name or found[pk].slug
        if parent in found:
            found[parent].below.append(found[pk])
    return [found[pk] for pk, parent in parents.items() if parent not in found]
