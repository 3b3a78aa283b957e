"""The ballot, from opening it to having voted, as a browser without JavaScript walks it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from neighbourhoods.forms.paper import PaperForm
from neighbourhoods.forms.vote.ballot import BallotForm, OptionsBallot, ballot_form
from neighbourhoods.models import Ballot, BallotBox, Channel, Neighbourhood, Nomination, RollEntry
from neighbourhoods.queries.ballots import form_hash, labels_of
from people.models import User
from tests.factories import democracy
from tests.factories.democracy import election_in_voting
from tests.factories.people import person
from tests.factories.residency import second_login
from tests.neighbourhoods.vote_pages.scene import (
    amount_box,
    approval,
    carried,
    cast_from,
    choices_in,
    confirmation,
    fill_in,
    mark_of,
    names_on,
    people,
    send,
    signed_in,
    url,
    words,
)

# --- Casting ----------------------------------------------------------------------------------------------------------


def test_ann_numbers_names_looks_once_more_and_votes(stv: BallotBox, ann: User) -> None:
    client = signed_in(ann)

    looked = fill_in(client, stv, option_0="2", option_2="1")
    for said in ("Is this your vote?", "1 Femke", "2 Dirk", "1 other name gets no number", "cannot change"):
        assert said in words(looked)
    assert choices_in(stv) == []
    voted = cast_from(client, looked, stv)

    assert choices_in(stv) == [["3", "1"]]
    assert mark_of(stv, ann) == Channel.ONLINE
    assert "You have voted" in words(voted)
    assert "receipt code" not in words(voted)


def test_each_name_gets_yes_no_or_blank(molenwijk: Neighbourhood, ann: User) -> None:
    box = confirmation(molenwijk, [person("Dirk"), person("Esra")], [ann]).box
    assert box is not None
    client = signed_in(ann)

    looked = fill_in(client, box, option_0="yes", option_1="no")
    assert "Yes Dirk" in words(looked)
    assert "No Esra" in words(looked)
    cast_from(client, looked, box)

    assert choices_in(box) == [{"1": "yes", "2": "no"}]


def test_names_are_ticked(molenwijk: Neighbourhood, ann: User) -> None:
    box = approval(molenwijk, [person("Dirk"), person("Esra"), person("Femke")], [ann]).box
    assert box is not None
    client = signed_in(ann)

    cast_from(client, fill_in(client, box, option_0="on", option_2="on"), box)

    assert choices_in(box) == [["1", "3"]]


def test_an_amount_is_named_and_the_field_begins_empty(molenwijk: Neighbourhood, ann: User) -> None:
    box = amount_box(molenwijk, [ann])
    client = signed_in(ann)

    opened = client.get(url(box))
    assert 'name="amount" value' not in opened.content.decode()
    assert "from 6.00 up to and including 12.00. In steps of 0.50." in words(opened)
    looked = fill_in(client, box, amount="7,50")
    assert "7.50 Molenwijkmunten" in words(looked)
    cast_from(client, looked, box)

    assert choices_in(box) == [7_50]


BLANK: list[tuple[Callable[..., Any], Any]] = [
    (lambda where, who: election_in_voting(where, [person("Dirk"), person("Esra")], [who]).box, []),
    (lambda where, who: approval(where, [person("Dirk"), person("Esra")], [who]).box, []),
    (lambda where, who: confirmation(where, [person("Dirk"), person("Esra")], [who]).box,
     {"1": "blank", "2": "blank"}),
    (amount_box, None),
]  # fmt: skip


@pytest.mark.parametrize(("make", "blank"), BLANK, ids=["STV", "APPROVAL", "YES_NO", "MEDIAN"])
def test_a_blank_vote_is_possible_however_votes_are_cast(
    molenwijk: Neighbourhood, ann: User, make: Callable[..., Any], blank: Any
) -> None:
    box = make(molenwijk, [ann] if make is amount_box else ann)
    client = signed_in(ann)

    looked = send(client, box, "blank", **carried(client.get(url(box))))
    assert "You vote blank" in words(looked)
    cast_from(client, looked, box)

    assert choices_in(box) == [blank]


def test_a_blank_vote_ignores_what_was_typed_before(stv: BallotBox, ann: User) -> None:
    client = signed_in(ann)
    opened = carried(client.get(url(stv)))

    looked = send(client, stv, "blank", **{**opened, "option_0": "nonsense", "option_1": "1"})
    cast_from(client, looked, stv)

    assert choices_in(stv) == [[]]


def test_one_who_thinks_again_about_a_blank_vote_finds_what_was_typed(stv: BallotBox, ann: User) -> None:
    client = signed_in(ann)
    looked = send(client, stv, "blank", **{**carried(client.get(url(stv))), "option_1": "1"})

    again = send(client, stv, "edit", **carried(looked))

    assert 'name="option-1" value="1"' in again.content.decode()
    looked = send(client, stv, "look", **{**carried(again), "option_1": "1"})
    assert "1 Esra" in words(looked)


def test_a_receipt_code_is_shown_once_to_who_asks(stv: BallotBox, ann: User) -> None:
    client = signed_in(ann)
    looked = fill_in(client, stv, option_0="1")
    assert "Nobody may ask you for it" in words(looked)

    voted = cast_from(client, looked, stv, wants_receipt="on")
    code = Ballot.objects.get(box=stv).receipt

    assert code
    assert code in words(voted)
    again = [
        client.get(url(stv)),
        cast_from(client, looked, stv, wants_receipt="on"),
        client.get("/en/vote/"),
    ]
    assert [page for page in again if code in page.content.decode()] == []


def test_a_second_cast_says_that_she_voted_and_adds_nothing(stv: BallotBox, ann: User) -> None:
    client = signed_in(ann)
    looked = fill_in(client, stv, option_0="1")
    cast_from(client, looked, stv)

    again = cast_from(client, looked, stv)

    assert "You have voted" in words(again)
    assert "Your vote was cast before" in words(again)
    assert choices_in(stv) == [["1"]]


def test_under_her_second_login_she_has_voted_too(stv: BallotBox, ann: User) -> None:
    first = signed_in(ann)
    cast_from(first, fill_in(first, stv, option_0="1"), stv)
    twin = signed_in(second_login(ann))

    assert "You have voted" in words(twin.get(url(stv)))


# --- What each way of voting says for itself --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "unsaid"),
    [
        (BallotForm, {"add_options", "rows", "chosen", "nothing", "lines"}),
        (OptionsBallot, {"option_field", "chosen", "nothing", "lines"}),
        (PaperForm, {"choices"}),
    ],
)
def test_a_ballot_that_leaves_a_part_unsaid_cannot_be_made(
    kind: type[BallotForm | PaperForm], unsaid: set[str]
) -> None:
    half: Any = type("Half", (kind,), {"kind": "half"})

    assert half.__abstractmethods__ == unsaid
    with pytest.raises(TypeError, match="abstract"):
        half()


# --- The order of the names -------------------------------------------------------------------------------------------


def test_each_opening_draws_the_names_anew_and_every_name_is_as_often_on_top(stv: BallotBox) -> None:
    labels, fixed = labels_of(stv), form_hash(stv)

    tops = Counter(
        ballot_form(box=stv, labels=labels, form_hash=fixed).rows[0].label for _opening in range(2000)
    )

    assert len(tops) == 3
    assert [name for name, times in tops.items() if abs(times / 2000 - 1 / 3) > 0.05] == []


def test_the_page_shows_the_names_in_the_order_drawn_without_any_script(stv: BallotBox, ann: User) -> None:
    client = signed_in(ann)

    orders = {tuple(names_on(client.get(url(stv)))) for _opening in range(40)}

    assert len(orders) > 1
    assert {tuple(sorted(order)) for order in orders} == {
        ("Dirk de Vries", "Esra de Vries", "Femke de Vries")
    }


def test_the_order_stays_after_an_error_and_when_something_is_changed(stv: BallotBox, ann: User) -> None:
    client = signed_in(ann)
    for _time in range(8):
        opened = client.get(url(stv))
        wrong = send(client, stv, "look", **{**carried(opened), "option_0": "1", "option_1": "1"})
        looked = send(client, stv, "look", **{**carried(wrong), "option_0": "1", "option_1": "2"})
        changed = send(client, stv, "edit", **carried(looked))

        assert names_on(wrong) == names_on(opened)
        assert names_on(changed) == names_on(opened)


@pytest.mark.parametrize("order", ["", "0", "0,0,1", "2,1,0,3", "a,b,c", "-1,0,1", "99999,0,1", "٠,١,٢"])
def test_an_order_that_was_tampered_with_is_drawn_anew(stv: BallotBox, ann: User, order: str) -> None:
    client = signed_in(ann)
    opened = carried(client.get(url(stv)))

    looked = send(client, stv, "look", **{**opened, "order": order, "option_1": "1"})

    assert "1 Esra" in words(looked)
    assert sorted(carried(looked)["order"].split(",")) == ["0", "1", "2"]


# --- By proxy ---------------------------------------------------------------------------------------------------------


def test_ann_votes_for_ben_who_gave_her_a_proxy_and_for_herself(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    box = democracy.box(molenwijk, [ann, ben], of=democracy.policy(molenwijk, method="YES_NO", max_proxies=1))
    proxy_of(box, giver=ben, holder=ann)
    client, asked = signed_in(ann), str(ben.person.uuid)

    assert f"?for={asked}" in client.get(url(box)).content.decode()
    looked = fill_in(client, box, **{"for": asked, "option_0": "no"})
    assert "You vote for Ben de Vries , by proxy" in words(looked)
    voted = cast_from(client, looked, box)
    assert "The vote of Ben de Vries was cast." in words(voted)
    cast_from(client, fill_in(client, box, option_0="yes"), box)

    assert (mark_of(box, ben), mark_of(box, ann)) == (Channel.PROXY, Channel.ONLINE)
    assert sorted(choice["1"] for choice in choices_in(box)) == ["no", "yes"]


@pytest.mark.parametrize("asked", ["", "nobody", "6f2c9e5e-8a39-4b1c-9f0e-7a1f6f0f8a11"])
def test_nobody_votes_for_another_without_their_proxy(
    molenwijk: Neighbourhood, ann: User, ben: User, asked: str
) -> None:
    box = democracy.box(molenwijk, [ann, ben])
    wanted = asked or str(ben.person.uuid)

    assert signed_in(ann).get(url(box), {"for": wanted}).status_code == 404
    assert send(signed_in(ann), box, "cast", **{"for": wanted, "option_0": "yes"}).status_code == 404


def proxy_of(box: BallotBox, *, giver: User, holder: User) -> None:
    from neighbourhoods.models import Proxy

    entry = RollEntry.objects.get(roll=box.roll, person=giver.person)
    Proxy.objects.create(entry=entry, holder=holder.person)


# --- Nothing else knows -----------------------------------------------------------------------------------------------


def rows_of_all_tables() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
            found[table] = cursor.fetchone()[0]
    return found


def test_casting_adds_a_ballot_and_no_other_row_anywhere(stv: BallotBox, ann: User) -> None:
    client = signed_in(ann)
    looked = fill_in(client, stv, option_0="1")
    session = client.session.items()
    before = rows_of_all_tables()

    cast_from(client, looked, stv, wants_receipt="on")

    after = rows_of_all_tables()
    assert {table: after[table] - before[table] for table in after if after[table] != before[table]} == {
        "neighbourhoods_ballot": 1
    }
    assert list(client.session.items()) == list(session)


def test_no_step_is_kept_by_a_browser_or_in_a_cookie(stv: BallotBox, ann: User) -> None:
    client = signed_in(ann)
    opened = client.get(url(stv))
    looked = fill_in(client, stv, option_0="1")

    for page in (opened, looked, cast_from(client, looked, stv, wants_receipt="on")):
        assert "no-store" in page["Cache-Control"]
        assert set(page.cookies) <= {"csrftoken"}


@pytest.mark.parametrize("candidates", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_candidates(
    molenwijk: Neighbourhood, ann: User, candidates: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stand = people(candidates)
    box = election_in_voting(molenwijk, stand, [ann, *stand]).box
    assert box is not None
    Nomination.objects.filter(number=1).update(statement="")  # candidates differ in what they tell
    client = signed_in(ann)
    client.get(url(box))

    with django_assert_num_queries(14):
        client.get(url(box))
