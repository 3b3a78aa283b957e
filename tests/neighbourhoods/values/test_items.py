from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from core.refusals import NotAllowed, Refusal
from neighbourhoods.models import (
    Indication,
    ItemKind,
    ItemText,
    Neighbourhood,
    Unit,
    ValuedItem,
)
from neighbourhoods.operations import values
from neighbourhoods.operations.meetings.doors import BoardOnly
from neighbourhoods.operations.values.items import (
    LARGEST,
    AmountRefused,
    GroundsNeeded,
    ItemAboutTooLong,
    ItemUnnamed,
    OnlyOrganisations,
    TagsRefused,
)
from neighbourhoods.queries.items import words_of
from people.models import Party, PartyKind, Role, User
from tests.factories import values as make
from tests.factories.people import actor, mandate, organisation
from tests.factories.residency import DAY, NOON, SYSTEM, municipality, place, second_login
from tests.neighbourhoods.values.making import leaves_the_board, lines
from tests.plugins.data import RealCommits


def add(neighbourhood: Neighbourhood, name: str = "Voorlezen op school", **more: Any) -> ValuedItem:
    return values.add_item(
        neighbourhood=neighbourhood, name=name,
        **{"kind": ItemKind.ACTIVITY, "unit": Unit.HOUR, "category": make.category(), "about": "Een uur lezen.",
           "language": "nl", "tags": (), "actor": SYSTEM, "at": NOON, **more},
    )  # fmt: skip


# --- Adding ---------------------------------------------------------------------------------------------------------


def test_something_gets_words_in_one_language_and_tags(molenwijk: Neighbourhood, ann: User) -> None:
    made = add(molenwijk, "  Voorlezen   op school ", tags=["Taal", "taal ", "", "School"], actor=actor(ann))

    assert (made.kind, made.unit, made.made_at) == ("ACTIVITY", "HOUR", NOON)
    assert words_of(made, "en") == words_of(made, "nl")
    assert words_of(made).name == "Voorlezen op school"
    assert sorted(made.tags.names()) == ["school", "taal"]
    assert [line.acted_by_id for line in lines("valued_item.add")] == [ann.person_id]


def test_signs_that_nobody_sees_are_left_out_of_names_and_tags(molenwijk: Neighbourhood) -> None:
    made = add(molenwijk, "Voor\x01lezen\u202e \x7fop school", about="Een\x0buur.", tags=["ta\x02al"])

    assert (words_of(made).name, words_of(made).about) == ("Voor lezen op school", "Een uur.")
    assert list(made.tags.names()) == ["ta al"]


@pytest.mark.parametrize("name", ["\x01", "\u202e", "\u200d", "\u200c \x00"])
def test_a_name_that_nobody_sees_is_none(molenwijk: Neighbourhood, name: str) -> None:
    with pytest.raises(ItemUnnamed):
        add(molenwijk, name)

    assert not ValuedItem.objects.exists()


@pytest.mark.parametrize("name", ["Voorlezen op school", "VOORLEZEN OP  SCHOOL "])
def test_the_same_thing_is_not_added_twice(molenwijk: Neighbourhood, name: str) -> None:
    there = add(molenwijk)

    with pytest.raises(values.ItemKnown) as refused:
        add(molenwijk, name)

    assert refused.value.details == {"name": "Voorlezen op school", "ref": there.ref}
    assert ValuedItem.objects.count() == 1


def test_letters_with_marks_are_the_same_in_capitals(molenwijk: Neighbourhood) -> None:
    add(molenwijk, "Één uur koffie schenken")

    with pytest.raises(values.ItemKnown):
        add(molenwijk, "één uur koffie schenken")


def test_a_name_in_another_language_is_known_too(molenwijk: Neighbourhood, ann: User) -> None:
    there = add(molenwijk)
    values.write_words(
        item=there, language="en", name="Reading at school", about="", actor=actor(ann), at=NOON
    )

    with pytest.raises(values.ItemKnown):
        add(molenwijk, "Reading at school", language="nl")


def test_another_unit_or_another_neighbourhood_makes_it_another_thing(
    molenwijk: Neighbourhood, sluiskade: Neighbourhood
) -> None:
    add(molenwijk)
    add(molenwijk, unit=Unit.TURN)
    add(sluiskade)

    assert ValuedItem.objects.count() == 3


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"name": "  "}, ItemUnnamed),
        ({"name": "a" * 81}, ItemUnnamed),
        ({"about": "a" * 301}, ItemAboutTooLong),
        ({"tags": ["a" * 41]}, TagsRefused),
        ({"tags": [f"woord {number}" for number in range(9)]}, TagsRefused),
    ],
)
def test_words_that_do_not_fit_make_nothing(
    molenwijk: Neighbourhood, more: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        add(molenwijk, **more)

    assert ValuedItem.objects.count() == 0


@pytest.mark.parametrize(
    "change", [{"unit": "PIECE"}, {"kind": "GOOD"}, {"ref": "0" * 32}, {"neighbourhood": None}]
)
def test_the_database_lets_no_item_become_another(reading: ValuedItem, change: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ValuedItem.objects.filter(pk=reading.pk).update(**change)


def test_nor_does_it_let_one_go(reading: ValuedItem) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM neighbourhoods_itemtext")
        cursor.execute("DELETE FROM neighbourhoods_valueditem")


def add_in_a_process(neighbourhood: int) -> int:
    return add(Neighbourhood.objects.get(pk=neighbourhood)).pk


def test_of_those_who_add_the_same_at_the_same_moment_one_does(real_commits: RealCommits) -> None:
    molenwijk = place("Molenwijk", of=municipality())
    make.category()

    outcomes = real_commits.race(add_in_a_process, [{"neighbourhood": molenwijk.pk}] * 4)

    assert sorted(str(one.refused) for one in outcomes) == ["None", *["item_known"] * 3]
    assert (ValuedItem.objects.count(), ItemText.objects.count()) == (1, 1)


# --- Words ----------------------------------------------------------------------------------------------------------


def write(item: ValuedItem, by: User, **more: Any) -> ItemText:
    return values.write_words(
        item=item,
        **{"language": "en", "name": "Reading at school", "about": "", "actor": actor(by), "at": NOON, **more},
    )  # fmt: skip


def test_the_board_names_it_in_the_other_language(reading: ValuedItem, ben: User) -> None:
    write(reading, ben)

    assert (words_of(reading, "en").name, words_of(reading, "nl").name) == (
        "Reading at school", "Voorlezen op school",
    )  # fmt: skip


def test_words_are_changed_in_their_place_and_the_same_again_change_nothing(
    reading: ValuedItem, ben: User
) -> None:
    first = write(reading, ben)
    second = write(reading, ben, about="For an hour.")
    third = write(reading, ben, about="For an hour. ")

    assert (first.pk, second.pk, third.about) == (second.pk, third.pk, "For an hour.")
    assert len(lines("valued_item.words")) == 2


def test_nobody_but_the_board_writes_words_or_tags(reading: ValuedItem, dirk: User, cas: User) -> None:
    for by in (actor(dirk), actor(cas), SYSTEM):
        with pytest.raises(BoardOnly):
            write(reading, dirk, actor=by)
        with pytest.raises(BoardOnly):
            values.set_tags(item=reading, tags=["taal"], actor=by, at=NOON)

    assert (ItemText.objects.count(), reading.tags.count()) == (1, 0)


def test_whose_seat_has_ended_writes_no_words_any_more(reading: ValuedItem, ann: User, ben: User) -> None:
    leaves_the_board(ben)

    with pytest.raises(BoardOnly):
        write(reading, ben)


def test_a_thing_does_not_take_the_name_of_another(
    reading: ValuedItem, ben: User, molenwijk: Neighbourhood
) -> None:
    other = add(molenwijk, "Koffie schenken")

    with pytest.raises(values.ItemKnown) as refused:
        write(other, ben, language="nl", name="Voorlezen op School")

    assert refused.value.details["ref"] == reading.ref


def test_tags_take_the_place_of_the_ones_before(reading: ValuedItem, ben: User) -> None:
    values.set_tags(item=reading, tags=["taal", "school"], actor=actor(ben), at=NOON)
    values.set_tags(item=reading, tags=["School", "TAAL"], actor=actor(ben), at=NOON)
    assert len(lines("valued_item.words")) == 1

    assert values.set_tags(item=reading, tags=["Kinderen"], actor=actor(ben), at=NOON) == ["kinderen"]
    assert list(reading.tags.names()) == ["kinderen"]


# --- Indications ----------------------------------------------------------------------------------------------------


@pytest.fixture
def school(ben: User) -> Party:
    """Ben organises things for it."""
    made = organisation("School De Wiek", kind=PartyKind.INSTITUTION)
    mandate(person=ben, principal=made, role=Role.ORGANISER)
    return made


def indicate(item: ValuedItem, by: User, organisation: Party, **more: Any) -> Indication:
    return values.indicate(
        item=item, organisation=organisation,
        **{"amount": 900, "grounds": "Zo veel is een lezer ons waard.", "language": "nl",
           "actor": actor(by, principal=organisation), "at": NOON, **more},
    )  # fmt: skip


def test_an_organisation_says_what_it_thinks_and_nothing_gets_a_value_by_that(
    reading: ValuedItem, ben: User, school: Party
) -> None:
    made = indicate(reading, ben, school)

    assert (made.amount, made.organisation, made.made_by) == (900, school, ben.person)
    assert not reading.versions.exists()
    assert not reading.decisions.exists()
    assert [line.acted_for_id for line in lines("indication.make")] == [school.pk]


def test_it_adds_another_later_and_the_same_again_is_the_same(
    reading: ValuedItem, ben: User, school: Party
) -> None:
    first = indicate(reading, ben, school)
    again = indicate(reading, ben, school, at=NOON + DAY)
    higher = indicate(reading, ben, school, amount=1000, at=NOON + DAY)
    back = indicate(reading, ben, school, at=NOON + 2 * DAY)

    assert first == again
    assert [one.amount for one in Indication.objects.order_by("made_at")] == [900, 1000, 900]
    assert len({first.pk, higher.pk, back.pk}) == 3


@pytest.mark.parametrize("role", [Role.OWNER, Role.OPERATOR, Role.ORGANISER])
def test_those_who_speak_for_it_do_so_also_through_a_second_login(
    reading: ValuedItem, dirk: User, role: Role
) -> None:
    shop = organisation("Winkel")
    mandate(person=dirk, principal=shop, role=role)
    twin = second_login(dirk)

    assert indicate(reading, twin, shop).made_by == dirk.person


@pytest.mark.parametrize("role", [Role.FINANCE, Role.EDITOR])
def test_other_offices_do_not(reading: ValuedItem, dirk: User, role: Role) -> None:
    shop = organisation("Winkel")
    mandate(person=dirk, principal=shop, role=role)

    with pytest.raises(NotAllowed):
        indicate(reading, dirk, shop)


def test_nobody_speaks_for_an_organisation_of_others_nor_does_the_system(
    reading: ValuedItem, ann: User, school: Party
) -> None:
    for by in (actor(ann), SYSTEM):
        with pytest.raises(NotAllowed):
            indicate(reading, ann, school, actor=by)

    assert Indication.objects.count() == 0


def test_a_person_and_a_household_propose_and_indicate_nothing(
    reading: ValuedItem, dirk: User, eva: User
) -> None:
    home = organisation("Thuis", kind=PartyKind.HOUSEHOLD, owner=dirk)
    mandate(person=dirk, principal=eva.person, role=Role.HELPER)

    for party in (home, eva.person, dirk.person):
        with pytest.raises(OnlyOrganisations):
            indicate(reading, dirk, party)


@pytest.mark.parametrize("amount", [0, -1, LARGEST + 1])
def test_nothing_is_no_indication(reading: ValuedItem, ben: User, school: Party, amount: int) -> None:
    with pytest.raises(AmountRefused):
        indicate(reading, ben, school, amount=amount)


@pytest.mark.parametrize("grounds", [" ", "a" * 501])
def test_an_indication_has_reasons(reading: ValuedItem, ben: User, school: Party, grounds: str) -> None:
    with pytest.raises(GroundsNeeded):
        indicate(reading, ben, school, grounds=grounds)


def test_the_database_changes_no_indication(reading: ValuedItem, ben: User, school: Party) -> None:
    made = indicate(reading, ben, school)

    with pytest.raises(IntegrityError), transaction.atomic():
        Indication.objects.filter(pk=made.pk).update(amount=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Indication.objects.filter(pk=made.pk)._raw_delete("default")
