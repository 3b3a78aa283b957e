"""A founded neighbourhood finds the categories there, in every language, and the next one adds none."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django import Settings
from wagtail.models import Locale

from core.actor import Actor
from neighbourhoods.categories import TREE, everything
from neighbourhoods.models import Category, CategoryText, Neighbourhood
from neighbourhoods.operations.categories import add_categories
from neighbourhoods.operations.founding import refound
from neighbourhoods.queries.items import name_of_category
from tests.factories import neighbourhoods as make
from tests.factories import residency

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system()
AT = residency.NOON
NUMBER = len(list(everything()))
FIRST, AGAIN = 8, 5


@pytest.fixture
def molenwijk() -> Neighbourhood:
    Locale.objects.get_or_create(language_code="en")  # which founding a site does
    return residency.place(of=residency.municipality())


def add(neighbourhood: Neighbourhood) -> int:
    """Add the categories, and say in how many queries."""
    with CaptureQueriesContext(connection) as queries:
        add_categories(neighbourhood, actor=SYSTEM, at=AT)
    return len(queries)


def test_founding_a_neighbourhood_brings_the_tree_with_it(db: None) -> None:
    make.found("Molenwijk")

    assert Category.objects.count() == NUMBER
    branches = Category.objects.filter(parent=None)
    assert [branch.slug for branch in branches] == [branch.slug for branch in TREE]
    below = [list(branch.children.values_list("slug", flat=True)) for branch in branches]
    assert below == [[one.slug for one in branch.below] for branch in TREE]


def test_what_belongs_to_a_branch_stands_behind_it(molenwijk: Neighbourhood) -> None:
    add(molenwijk)

    assert list(Category.objects.values_list("slug", "cpa")) == [
        (one.slug, one.cpa) for _position, one, _branch in everything()
    ]


def test_each_has_a_name_in_every_language_under_one_translation_key(molenwijk: Neighbourhood) -> None:
    add(molenwijk)

    for category in Category.objects.prefetch_related("texts__locale"):
        texts = list(category.texts.all())
        assert {text.locale.language_code for text in texts} == {"nl", "en"}
        assert len({text.translation_key for text in texts}) == 1
    bicycles = Category.objects.get(slug="fietsen")
    assert name_of_category(bicycles, "nl") == "Fietsen"
    with translation.override("en"):
        assert name_of_category(bicycles) == "Bicycles"


def test_a_second_time_adds_nothing_and_the_queries_do_not_grow(molenwijk: Neighbourhood) -> None:
    sluiskade = residency.place("Sluiskade", of=molenwijk.municipality)

    first, second = add(molenwijk), add(sluiskade)

    assert (first, second) == (FIRST, AGAIN)
    assert (Category.objects.count(), CategoryText.objects.count()) == (NUMBER, 2 * NUMBER)


def test_what_somebody_changed_stays(molenwijk: Neighbourhood) -> None:
    add(molenwijk)
    CategoryText.objects.filter(category__slug="koffie", locale__language_code="nl").update(name="Een bakkie")
    Category.objects.filter(slug="koffie").update(cpa="56.30")

    add(molenwijk)

    coffee = Category.objects.get(slug="koffie")
    assert (coffee.cpa, name_of_category(coffee, "nl")) == ("56.30", "Een bakkie")


def test_what_is_missing_comes_back_with_the_key_of_its_other_languages(molenwijk: Neighbourhood) -> None:
    add(molenwijk)
    CategoryText.objects.filter(locale__language_code="en").delete()
    Category.objects.get(slug="honing").delete()

    add(molenwijk)

    assert CategoryText.objects.count() == 2 * NUMBER
    keys = CategoryText.objects.filter(category__slug="koffie").values_list("translation_key", flat=True)
    assert len(set(keys)) == 1
    assert Category.objects.get(slug="honing").parent == Category.objects.get(slug="tuin")


def test_without_english_there_are_dutch_names_alone(molenwijk: Neighbourhood) -> None:
    Locale.objects.exclude(language_code="nl").delete()

    add(molenwijk)

    assert CategoryText.objects.count() == NUMBER


def test_refounding_brings_it_to_a_neighbourhood_from_before_there_were_any(settings: Settings) -> None:
    steps = settings.FOUNDING_STEPS
    settings.FOUNDING_STEPS = [step for step in steps if not step.endswith(".add_categories")]
    place = make.found("Molenwijk")
    assert not Category.objects.exists()
    settings.FOUNDING_STEPS = [step for step in steps if not step.endswith("_pages")]

    refound(neighbourhood=place, actor=SYSTEM, at=AT)

    assert Category.objects.count() == NUMBER
