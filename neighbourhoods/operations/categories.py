"""The categories of what can be worth something: the same in every neighbourhood, so the first one brings them."""

from __future__ import annotations

import uuid
from datetime import datetime

from wagtail.models import Locale

from core.actor import Actor
from neighbourhoods.categories import everything
from neighbourhoods.models import Category, CategoryText, Neighbourhood


def add_categories(neighbourhood: Neighbourhood, *, actor: Actor, at: datetime) -> None:
    """This will see to the categories and what each is called in every language: a founding step. What is there
    stays as it is, and a later version of the tree adds to it."""
    _add_missing()
    _name_missing()


def _add_missing() -> None:
    # Branches first: what belongs to one points at it. Another founding at the same moment may have been before us.
    for is_branch in (True, False):
        known = dict(Category.objects.values_list("slug", "pk"))
        missing = [
            Category(
                slug=sort.slug, cpa=sort.cpa, position=position, parent_id=known[branch.slug] if branch else None
            )
            for position, sort, branch in everything()
            if (branch is None) == is_branch and sort.slug not in known
        ]  # fmt: skip
        Category.objects.bulk_create(missing, ignore_conflicts=True)


def _name_missing() -> None:
    names = {sort.slug: sort.names for _position, sort, _branch in everything()}
    keys: dict[int, uuid.UUID] = {}
    named = set()
    for text in CategoryText.objects.all():
        keys[text.category_id] = text.translation_key
        named.add((text.category_id, text.locale_id))
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    missing = [
        CategoryText(
            category=category,
            locale=locales[language],
            name=name,
            translation_key=keys.setdefault(category.pk, uuid.uuid4()),
        )
        for category in Category.objects.filter(slug__in=names)
        for language, name in names[category.slug].items()
        if language in locales and (category.pk, locales[language].pk) not in named
    ]
    CategoryText.objects.bulk_create(missing, ignore_conflicts=True)
