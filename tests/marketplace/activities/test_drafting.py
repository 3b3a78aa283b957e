"""Writing an activity: who may, what does, and what the board alone changes once it is open."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from core.refusals import NotAllowed, Refusal
from core.states import MoveRefused
from ledger.kinds import Label
from marketplace.models import Activity, ActivityText, WordUse
from marketplace.operations import activities
from marketplace.operations.activities.drafting import FactsFixed
from marketplace.operations.activities.facts import CertificateRefused, LabelRefused
from marketplace.operations.activities.standing import ActivityOver, NoValueYet
from marketplace.operations.standing import NotAdmitted, NotResident
from marketplace.operations.words import BlockedWord, ReservedName
from marketplace.permissions import NotYourActivity
from marketplace.queries.activities import text_of
from marketplace.states import ActivityState
from neighbourhoods.models import ItemKind
from neighbourhoods.operations.meetings.doors import BoardOnly
from people.models import PartyKind, Role
from tests.factories import values
from tests.factories.activities import AT, Season
from tests.factories.people import actor, mandate, organisation
from tests.factories.residency import second_login
from tests.marketplace.activities.making import (
    DAY,
    admission_of_club,
    block,
    drafted,
    facts,
    lines,
    opened,
    submitted,
    words,
)


def test_an_organiser_writes_an_activity_with_its_words_and_facts(there: Season) -> None:
    made = drafted(
        there, facts=facts(there, indication=7_00, travel="Bus 4", spoken="Nederlands", quiet=True)
    )

    made.refresh_from_db()
    text = text_of(made)
    assert (made.state, made.organiser, made.item, made.pot) == (
        ActivityState.DRAFT, there.club, there.item, there.pot,
    )  # fmt: skip
    assert (made.indication, made.travel, made.spoken, made.quiet) == (7_00, "Bus 4", "Nederlands", True)
    assert (text.title, text.summary, text.about, text.asks) == (
        "Koffie schenken", "Voor de buurt.", "Wij bakken ook.", "Schone handen.",
    )  # fmt: skip
    [line] = lines("activity.draft", made)
    assert line.acted_by_id == there.olaf.person_id


def test_it_is_found_by_its_words_its_item_its_organiser_and_its_place(there: Season) -> None:
    made = drafted(there, title="Café schenken", facts=facts(there, spoken="Arabisch"))

    found = made.words.split()
    for word in (
        "café",
        "cafe",
        "buurt",
        "bakken",
        "handen",
        "koffie",
        "football",
        "wiekplein",
        "arabisch",
        "zorg",
    ):
        assert word in found


def test_a_form_that_is_sent_twice_makes_one_activity(there: Season) -> None:
    key = uuid.uuid4()

    assert drafted(there, key=key) == drafted(there, key=key, title="Iets anders")
    assert Activity.objects.count() == ActivityText.objects.count() == 1


def test_nobody_gets_the_activity_of_another_with_its_key(there: Season) -> None:
    key = drafted(there).key

    with pytest.raises(NotAllowed):
        drafted(there, there.ann, organiser=there.ann.person, key=key)


def test_a_resident_posts_for_themself_and_is_known_by_the_number_that_counts(there: Season) -> None:
    twin = second_login(there.ann)

    made = drafted(there, twin, organiser=twin.person)

    assert made.organiser == there.ann.person
    assert activities.submit(activity=made, actor=actor(there.ann), at=AT).state == ActivityState.SUBMITTED


def test_whoever_lives_elsewhere_posts_nothing(there: Season) -> None:
    cas = there.place.cas_login

    with pytest.raises(NotResident):
        drafted(there, cas, organiser=cas.person)


def test_nobody_posts_for_an_organisation_without_its_office(there: Season) -> None:
    with pytest.raises(NotYourActivity):
        drafted(there, there.ann)
    mandate(person=there.ann, principal=there.club, role=Role.FINANCE)
    with pytest.raises(NotYourActivity):
        drafted(there, there.ann)
    mandate(person=there.ben, principal=there.club, role=Role.ORGANISER)
    assert drafted(there, there.ben).state == ActivityState.DRAFT


def test_a_household_organises_nothing(there: Season) -> None:
    home = organisation("Thuis", kind=PartyKind.HOUSEHOLD)
    mandate(person=there.ann, principal=home, role=Role.OWNER)

    with pytest.raises(NotYourActivity):
        drafted(there, there.ann, organiser=home)


def test_an_organisation_that_was_not_let_in_posts_nothing(there: Season) -> None:
    admission_of_club(there, until_on=(AT - DAY).date())

    with pytest.raises(NotAdmitted):
        drafted(there)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": "Te"}, "offer_title"),
        ({"title": "x" * 81}, "offer_title"),
        ({"summary": "x" * 301}, "offer_summary"),
        ({"about": "x" * 3001}, "offer_about"),
        ({"asks": "x" * 301}, "activity_asks"),
        ({"language": "de"}, "offer_language"),
        ({"picture_alt": "x" * 201}, "activity_picture_alt"),
    ],
)
def test_words_that_do_not_do_are_refused(there: Season, change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        drafted(there, **change)

    assert refused.value.code == code
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"place": " \u202e "}, "activity_place"),
        ({"place": "x" * 121}, "activity_place"),
        ({"travel": "x" * 201}, "activity_travel"),
        ({"spoken": "x" * 121}, "activity_spoken"),
        ({"lowest_age": 11}, "activity_lowest_age"),
        ({"lowest_age": 100}, "activity_lowest_age"),
        ({"indication": 0}, "activity_indication"),
        ({"indication": -5}, "activity_indication"),
        ({"label": Label.GIFT}, "activity_label"),
        ({"label": Label.SALE}, "activity_label"),
        ({"label": ""}, "activity_label"),
    ],
)
def test_facts_that_do_not_do_are_refused(there: Season, change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        drafted(there, facts=facts(there, **change))

    assert refused.value.code == code


def test_only_an_activity_of_the_same_neighbourhood_can_be_earned(there: Season) -> None:
    fee = values.item(there.neighbourhood, "Zwembad", kind=ItemKind.SERVICE)

    with pytest.raises(Refusal) as refused:
        drafted(there, facts=facts(there, item=fee))
    assert refused.value.code == "activity_item"


def test_what_has_no_value_is_written_but_not_sent(there: Season) -> None:
    plain = values.item(there.neighbourhood, "Onkruid wieden")
    made = drafted(there, facts=facts(there, item=plain, indication=4_00))

    with pytest.raises(NoValueYet):
        activities.submit(activity=made, actor=actor(there.olaf), at=AT)


def test_the_words_that_the_board_does_not_want_stand_nowhere(there: Season) -> None:
    block(there, "goktip")

    for change in (
        {"title": "Goktip halen"},
        {"asks": "Een goktip"},
        {"facts": facts(there, place="Goktip 1")},
    ):
        with pytest.raises(BlockedWord):
            drafted(there, **change)


def test_a_title_in_the_name_of_the_board_is_for_the_board(there: Season) -> None:
    block(there, "bestuur", use=WordUse.RESERVED)
    board = there.neighbourhood.party

    with pytest.raises(ReservedName):
        drafted(there, title="Bestuur zoekt hulp")
    assert drafted(there, there.bea, organiser=board, title="Bestuur zoekt hulp").organiser == board


# --- Changing ---------------------------------------------------------------------------------------------------------


def test_all_of_it_changes_until_it_is_open(there: Season) -> None:
    made = submitted(there)
    other = values.item(there.neighbourhood, "Soep koken")

    activities.change_activity(
        activity=made,
        **words(
            there, there.olaf, title="Soep koken", facts=facts(there, item=other, pot=None, lowest_age=18)
        ),
    )

    made.refresh_from_db()
    assert (made.item, made.pot, made.lowest_age, text_of(made).title) == (other, None, 18, "Soep koken")
    assert made.state == ActivityState.SUBMITTED
    assert "soep" in made.words.split()
    assert "schenken" not in made.words.split()


@pytest.mark.parametrize("name", ["item", "label", "pot", "lowest_age", "asks_conduct_certificate"])
def test_what_people_count_on_in_an_open_activity_its_organiser_does_not_change(
    there: Season, name: str
) -> None:
    made = opened(there)
    other: dict[str, Any] = {
        "item": values.item(there.neighbourhood, "Soep koken"), "label": Label.BENEFIT_IN_KIND, "pot": None,
        "lowest_age": 18,
        "asks_conduct_certificate": True,
    }  # fmt: skip

    with pytest.raises(FactsFixed):
        activities.change_activity(
            activity=made, **words(there, there.olaf, facts=facts(there, **{name: other[name]}))
        )

    made.refresh_from_db()
    assert (made.item, made.pot, made.lowest_age) == (there.item, there.pot, 16)


def test_words_place_and_access_of_an_open_activity_change_and_other_languages_stay(there: Season) -> None:
    made = opened(there)
    ActivityText.objects.create(activity=made, language="en", title="Pour coffee")

    activities.change_activity(
        activity=made,
        **words(there, there.olaf, title="Thee schenken", facts=facts(there, place="Plein 2", seated=True)),
    )

    made.refresh_from_db()
    assert (made.place, made.seated) == ("Plein 2", True)
    assert {text.language: text.title for text in made.texts.all()} == {
        "nl": "Thee schenken",
        "en": "Pour coffee",
    }


def test_another_does_not_change_it(there: Season) -> None:
    made = drafted(there)

    for login in (there.ann, there.bea):
        with pytest.raises(NotYourActivity):
            activities.change_activity(activity=made, **words(there, login))


def test_what_is_over_stays_as_it_was(there: Season) -> None:
    made = activities.withdraw(activity=drafted(there), actor=actor(there.olaf), at=AT)

    with pytest.raises(ActivityOver):
        activities.change_activity(activity=made, **words(there, there.olaf))
    with pytest.raises(MoveRefused):
        activities.submit(activity=made, actor=actor(there.olaf), at=AT)


def test_a_page_of_it_brings_words_of_its_editor_or_of_the_board(there: Season) -> None:
    made = opened(there)
    editor = there.ben
    mandate(person=editor, principal=there.club, role=Role.EDITOR)
    told: dict[str, Any] = {"language": "en", "title": "Pour coffee"}

    for login in (editor, there.bea):
        activities.change_words(activity=made, **told, actor=actor(login), at=AT, by_page=True)
    with pytest.raises(NotYourActivity):
        activities.change_words(activity=made, **told, actor=actor(editor), at=AT)
    with pytest.raises(BoardOnly):
        activities.change_words(activity=made, **told, actor=actor(there.ann), at=AT, by_page=True)

    assert {text.language for text in made.texts.all()} == {"nl", "en"}
    assert "pour" in Activity.objects.get(pk=made.pk).words.split()


# --- What the database refuses ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change", [{"label": "GIFT"}, {"lowest_age": 11}, {"indication": 0}, {"state": "PUBLISHED", "pot": None}]
)
def test_the_database_refuses_it_past_the_model(there: Season, change: dict[str, Any]) -> None:
    made = drafted(there)

    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=made.pk).update(**change)


@pytest.mark.parametrize("label", [Label.EXPENSES, Label.WAGE, Label.GIFT, Label.SALE])
def test_an_organiser_chooses_a_label_that_has_a_maximum(there: Season, label: Label) -> None:
    made = drafted(there, facts=facts(there, label=Label.BENEFIT_IN_KIND))

    with pytest.raises(LabelRefused):
        drafted(there, facts=facts(there, label=label))
    with pytest.raises(LabelRefused):
        activities.change_activity(activity=made, **words(there, there.olaf, facts=facts(there, label=label)))
    made.refresh_from_db()
    assert made.label == Label.BENEFIT_IN_KIND


def test_a_resident_asks_for_no_certificate_that_nobody_could_look_at(there: Season) -> None:
    with pytest.raises(CertificateRefused):
        drafted(
            there, there.ann, organiser=there.ann.person, facts=facts(there, asks_conduct_certificate=True)
        )

    assert drafted(there, facts=facts(there, asks_conduct_certificate=True)).asks_conduct_certificate
