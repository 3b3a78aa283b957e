"""What somebody tells about what they can do."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.models import AuditEntry
from core.refusals import Refusal
from marketplace.models import FreeTime, SeenBy, Skill, SkillProfile, WordRule, WordUse
from marketplace.operations.skills import (
    BirthdayUnknown,
    ChildStaysPrivate,
    FreeTimeUnclear,
    HoursUnclear,
    LivesNowhere,
    NothingTold,
    Told,
    TooMuchSaid,
    remove_profile,
    save_profile,
)
from marketplace.operations.words import BlockedWord
from people.models import User
from tests.factories.activities import AT, Season, born
from tests.factories.people import actor, person
from tests.factories.residency import resident, second_login
from tests.factories.values import category
from tests.marketplace.work.conftest import SignIn
from tests.marketplace.work.making import DAY, reading, tell

FORM: dict[str, Any] = {"about": "", "wishes": "", "hours": "", "seen_by": "NOBODY"}


def lists(profile: SkillProfile) -> tuple[list[tuple[str, bool]], list[tuple[int, str]]]:
    skills = profile.skills.order_by("category__slug").values_list("category__slug", "is_wish")
    return list(skills), sorted(profile.free_times.values_list("weekday", "part"))


def test_what_is_told_is_private_until_somebody_says_otherwise(there: Season) -> None:
    save_profile(told=Told(about="Ik lees graag voor."), actor=actor(there.ann), at=AT)

    kept = SkillProfile.objects.get()
    assert (kept.person, kept.seen_by, kept.about) == (there.ann.person, SeenBy.NOBODY, "Ik lees graag voor.")


def test_telling_again_replaces_what_was_told(there: Season) -> None:
    garden = category("tuin", name="Uit de tuin")
    tell(there.ann, can=(reading(),), free=((2, "MORNING"), (2, "MORNING")), hours=4, about="Eerst")

    tell(
        there.ann,
        can=(garden,),
        learns=(reading(), garden),
        free=((7, "EVENING"),),
        about=" Later ",
        at=AT + DAY,
    )

    kept = SkillProfile.objects.get()
    assert (kept.about, kept.hours, kept.changed_at) == ("Later", None, AT + DAY)
    # What they can do they need not learn.
    assert lists(kept) == ([("huiswerk", True), ("tuin", False)], [(7, "EVENING")])
    assert AuditEntry.objects.filter(event="skill_profile.save").count() == 2


def test_a_second_login_tells_of_the_same_person(there: Season) -> None:
    twin = second_login(there.ann)
    tell(there.ann, about="Eerst")

    tell(twin, about="Later")

    assert list(SkillProfile.objects.values_list("person", "about")) == [(there.ann.person_id, "Later")]


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"about": "x" * 1001}, TooMuchSaid),
        ({"wishes": "x" * 1001}, TooMuchSaid),
        ({"hours": 0}, HoursUnclear),
        ({"hours": 61}, HoursUnclear),
        ({"free": ((8, "MORNING"),)}, FreeTimeUnclear),
        ({"free": ((1, "NIGHT"),)}, FreeTimeUnclear),
        ({"about": "Ik doe aan gokken."}, BlockedWord),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(
    there: Season, told: dict[str, Any], refusal: type[Refusal]
) -> None:
    WordRule.objects.create(
        neighbourhood=there.neighbourhood,
        word="gokken",
        use=WordUse.BLOCKED,
        made_by=there.bea.person,
        made_at=AT,
    )

    with pytest.raises(refusal) as refused:
        tell(there.ann, **told)

    assert str(refused.value)
    assert not SkillProfile.objects.exists()


def test_who_lives_nowhere_is_told_to_begin_there(there: Season) -> None:
    with pytest.raises(LivesNowhere):
        tell(there.market.cas_login)


@pytest.mark.parametrize("seen_by", [SeenBy.ORGANISERS, SeenBy.RESIDENTS])
def test_a_child_shows_it_to_nobody(there: Season, seen_by: str) -> None:
    kim = person("Kim")
    resident(kim, there.neighbourhood)
    born(kim.person, date(2011, 3, 1))

    with pytest.raises(ChildStaysPrivate):
        tell(kim, seen_by=seen_by)

    tell(kim, seen_by=SeenBy.NOBODY)
    assert SkillProfile.objects.get().seen_by == SeenBy.NOBODY


def test_removing_it_leaves_nothing_but_the_line_that_it_happened(there: Season) -> None:
    tell(there.ann, can=(reading(),), free=((2, "MORNING"),))

    remove_profile(actor=actor(there.ann), at=AT)

    assert (SkillProfile.objects.count(), Skill.objects.count(), FreeTime.objects.count()) == (0, 0, 0)
    assert AuditEntry.objects.filter(event="skill_profile.remove").count() == 1
    with pytest.raises(NothingTold):
        remove_profile(actor=actor(there.ann), at=AT)


@pytest.mark.parametrize("hours", [0, 61])
def test_the_database_knows_how_many_hours_a_week_has_for_work(there: Season, hours: int) -> None:
    tell(there.ann)

    with pytest.raises(IntegrityError), transaction.atomic():
        SkillProfile.objects.update(hours=hours)


def test_the_database_refuses_an_eighth_day_and_a_kind_that_is_named_twice(there: Season) -> None:
    profile = tell(there.ann, can=(reading(),), free=((2, "MORNING"),))

    with pytest.raises(IntegrityError), transaction.atomic():
        FreeTime.objects.bulk_create([FreeTime(profile=profile, weekday=8, part="MORNING")])
    with pytest.raises(IntegrityError), transaction.atomic():
        FreeTime.objects.bulk_create([FreeTime(profile=profile, weekday=2, part="MORNING")])
    with pytest.raises(IntegrityError), transaction.atomic():
        Skill.objects.bulk_create([Skill(profile=profile, category=reading(), is_wish=True)])


# --- The page ---------------------------------------------------------------------------------------------------------


def test_the_form_keeps_what_was_ticked_and_shows_it_again(browser: SignIn, there: Season) -> None:
    reading()
    client, url = browser(there.ann), reverse("work_profile")

    answer = client.post(
        url,
        {**FORM, "about": "Ik lees graag.", "can": ["huiswerk"], "learns": ["leren"],
         "free": ["2-MORNING", "5-EVENING"], "hours": "4", "seeks_work": "on", "seen_by": "ORGANISERS"},
    )  # fmt: skip

    kept, page = SkillProfile.objects.get(), client.get(url).content.decode()
    assert answer.headers["Location"] == reverse("work")
    assert lists(kept) == ([("huiswerk", False), ("leren", True)], [(2, "MORNING"), (5, "EVENING")])
    assert (kept.hours, kept.seeks_work, kept.seen_by) == (4, True, SeenBy.ORGANISERS)
    assert 'name="can" value="huiswerk" checked' in page
    assert 'name="learns" value="leren" checked' in page
    assert 'name="free" value="2-MORNING" checked' in page


@pytest.mark.parametrize(
    "more",
    [{"can": ["nergens"]}, {"free": ["9-MORNING"]}, {"hours": "veel"}, {"seen_by": "ALL"}, {"seen_by": ""}],
)
def test_nonsense_is_a_slip_and_keeps_nothing(browser: SignIn, there: Season, more: dict[str, Any]) -> None:
    answer = browser(there.ann).post(reverse("work_profile"), {**FORM, **more})

    assert (answer.status_code, SkillProfile.objects.count()) == (200, 0)
    assert "not right yet" in answer.content.decode()


def test_a_child_reads_that_only_they_see_it(browser: SignIn, there: Season) -> None:
    kim = person("Kim")
    resident(kim, there.neighbourhood)
    born(kim.person, date(2011, 3, 1))

    page = browser(kim).get(reverse("work_profile")).content.decode()

    assert "Only you see this." in page
    assert 'value="RESIDENTS"' not in page


def test_who_lives_nowhere_is_sent_to_where_that_is_told(browser: SignIn, there: Season) -> None:
    client = browser(there.market.cas_login)

    assert client.get(reverse("work_profile")).headers["Location"] == reverse("work")
    assert reverse("residency") in client.get(reverse("work")).content.decode()


def test_the_page_that_removes_asks_first_and_is_not_there_for_who_told_nothing(
    browser: SignIn, there: Season
) -> None:
    tell(there.ann)
    url = reverse("work_profile_remove")

    assert "Remove what you told?" in browser(there.ann).get(url).content.decode()
    assert SkillProfile.objects.exists()
    browser(there.ann).post(url)
    assert not SkillProfile.objects.exists()
    assert browser(there.ben).get(url).status_code == 404


def test_the_account_leads_to_it(browser: SignIn, there: Season) -> None:
    assert reverse("work") in browser(there.ann).get(reverse("account")).content.decode()


@pytest.mark.parametrize("who", ["ann", "olaf"])
def test_nobody_reads_it_on_a_page_of_somebody_else(browser: SignIn, there: Season, who: str) -> None:
    login: User = getattr(there, who)
    tell(there.ben, about="Geheim van Ben", seen_by=SeenBy.NOBODY)
    client = browser(login)

    pages = [
        client.get(url).content.decode()
        for url in (reverse("work"), reverse("work_people", args=["molenwijk"]))
    ]

    assert not any("Geheim van Ben" in page for page in pages)


def test_who_did_not_tell_their_age_may_be_a_child_and_is_shown_to_nobody(there: Season) -> None:
    born(there.ann.person, None)  # type: ignore[arg-type]
    tell(there.ann, seen_by=SeenBy.NOBODY, has_age=False)

    with pytest.raises(BirthdayUnknown):
        tell(there.ann, seen_by=SeenBy.RESIDENTS, has_age=False)

    assert SkillProfile.objects.get().seen_by == SeenBy.NOBODY
