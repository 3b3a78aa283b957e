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
    texts = CategoryText.objects.filter(locale__language_code__in=[wanted, settings.LANGUAGE_CODE])
    found: dict[int, Branch] = {}
    parents: dict[int, int | None] = {}
    for pk, slug, parent, code, name in texts.order_by("category__position", "category_id").values_list(
        "category_id", "category__slug", "category__parent_id", "locale__language_code", "name"
    ):
        one = found.setdefault(pk, Branch(pk=pk, slug=slug, name=name))
        one.name = name if code == wanted else one.name
        parents[pk] = parent
    for pk, parent in parents.items():
        if parent in found:
            found[parent].below.append(found[pk])
    return [found[pk] for pk, parent in parents.items() if parent not in found]
