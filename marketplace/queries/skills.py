"""Questions about what people can do. Who may see it says `marketplace.work_sight`."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from marketplace.models import Skill, SkillProfile
from neighbourhoods.models import CategoryText, Neighbourhood, Residency
from neighbourhoods.states import ResidencyState
from people.models import Party
from people.queries import numbers_of


def profile_of(person: Party) -> SkillProfile | None:
    """What somebody said that they can do, under whichever of their numbers."""
    return with_all(SkillProfile.objects.filter(person__in=numbers_of(person).order_by())).first()


def profiles_in(place: Neighbourhood, seen_by: Collection[str]) -> QuerySet[SkillProfile]:
    """The profiles of who lives in a neighbourhood and shows theirs to one of these, the latest changed first."""
    lives = Residency.objects.filter(
        person=OuterRef("person"), neighbourhood=OuterRef("neighbourhood"), state=ResidencyState.ATTESTED
    )
    found = SkillProfile.objects.filter(Exists(lives), neighbourhood=place, seen_by__in=seen_by)
    return found.order_by("-changed_at", "-pk")


def profiles_of(people: Collection[int], seen_by: Collection[str]) -> dict[int, SkillProfile]:
    """Per number of a person what they said, of those who show it to one of these."""
    found = with_all(SkillProfile.objects.filter(person__in=people, seen_by__in=seen_by))
    return {profile.person_id: profile for profile in found}


def with_all(profiles: QuerySet[SkillProfile]) -> QuerySet[SkillProfile]:
    """The same profiles with all that a page about one reads: four queries more, however many they are."""
    skills = Skill.objects.select_related("category__parent").order_by("category__position")
    names = Prefetch("category__texts", CategoryText.objects.select_related("locale"))
    return profiles.select_related("person__person_details", "neighbourhood").prefetch_related(
        Prefetch("skills", skills.prefetch_related(names)), "free_times"
    )
