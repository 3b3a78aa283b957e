"""The result: a page, a JSON file and a CSV file that say the same, and nothing before there is one."""

from __future__ import annotations

import csv
import json
import re
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from neighbourhoods.counting.__main__ import main as count_again
from neighbourhoods.models import BallotBox, Election, Neighbourhood
from neighbourhoods.states import BoxState, ElectionState
from people.models import User
from people.operations.privacy import erase_person
from tests.factories import democracy
from tests.factories.democracy import AFTER, election_in_voting
from tests.factories.people import person
from tests.neighbourhoods.vote_pages.scene import (
    SYSTEM,
    amount_box,
    approval,
    confirmation,
    counted,
    people,
    signed_in,
    url,
    words,
)

CELL = re.compile(r"<(?:td|th)[^>]*>(.*?)</(?:td|th)>", re.DOTALL)
# Dirk has a surplus of which the papers go on at a fraction of their value.
RANKINGS = [["1", "2"]] * 4 + [["1", "3"]] * 3 + [["2"]] * 2 + [["3", "2"]] * 2 + [["4", "3"]] + [[]]


def box_of(election: Election) -> BallotBox:
    assert election.box is not None
    return BallotBox.objects.get(pk=election.box.pk)


@pytest.fixture
def election(molenwijk: Neighbourhood) -> Election:
    """Four candidates for two seats, counted: a surplus, exclusions and fractions."""
    candidates = [person(name) for name in ("Dirk", "Esra", "Femke", "Gijs")]
    voters = people(len(RANKINGS) + 3)
    made = election_in_voting(molenwijk, candidates, voters, seats=2)
    counted(made, RANKINGS, voters)
    made.refresh_from_db()
    return made


def text_of(cell: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell))).strip()


def rows_on(page: Any, name: str) -> list[list[str]]:
    """The body of the table with this mark, cell by cell."""
    html = page.content.decode()
    table = re.search(rf"<table[^>]*data-{name}[^>]*>(.*?)</table>", html, re.DOTALL)
    assert table is not None
    body = re.findall(r"<tr[^>]*>(.*?)</tr>", table.group(1).partition("<tbody>")[2], re.DOTALL)
    return [[text_of(cell) for cell in CELL.findall(row)] for row in body]


def totals_on(page: Any) -> dict[str, int]:
    found = re.search(r"<dl[^>]*data-totals[^>]*>(.*?)</dl>", page.content.decode(), re.DOTALL)
    assert found is not None
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", found.group(1))
    return {label: int(number) for label, number in pairs}


def lines_of(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(answer.content.decode())))


# --- Page, JSON and CSV say the same ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "mark"), [("en", "."), ("nl", ",")])
def test_page_json_and_csv_of_an_election_say_the_same(
    client: Client, election: Election, language: str, mark: str
) -> None:
    box = box_of(election)
    page = client.get(url(box, "result/", language))
    found = json.loads(client.get(url(box, "result.json")).content)
    lines = lines_of(client.get(url(box, "result.csv")))
    labels, sheet = found["labels"], found["sheet"]
    by_name = {name: key for key, name in labels.items()}

    shown = rows_on(page, "rounds")
    *rows, spent = shown
    assert sheet["rounds"][1]["action"] == "surplus"
    assert "3.00" not in {
        one["votes"]["2"]["rounded"] for one in sheet["rounds"][1:]
    }  # a fraction is among them
    assert len(rows) == len(labels)
    for name, *cells in rows:
        key = next(key for label, key in by_name.items() if name.startswith(label))
        in_json = [one["votes"][key]["rounded"] for one in sheet["rounds"]]
        in_csv = [
            one["value"] for one in lines
            if (one["part"], one["option"], one["figure"]) == ("rounds", key, "votes.rounded")
        ]  # fmt: skip
        assert in_json == in_csv == [cell.replace(mark, ".") for cell in cells]
    assert [cell.replace(mark, ".") for cell in spent[1:]] == [
        one["non_transferable"]["rounded"] for one in sheet["rounds"]
    ]
    elected = re.findall(r"<li><bdi>(.*?)</bdi></li>", page.content.decode().partition("data-elected")[2])
    in_csv = [one["name"] for one in lines if one["part"] == "outcome" and one["figure"] == "elected"]
    assert [labels[key] for key in sheet["outcome"]["elected"]] == in_csv == elected[: len(in_csv)]
    assert list(totals_on(page).values()) == [
        sheet[name] for name in ("roll_size", "cast", "valid", "blank", "invalid")
    ]
    assert sheet["input_hash"] in page.content.decode()


def test_page_json_and_csv_of_a_confirmation_say_the_same(client: Client, molenwijk: Neighbourhood) -> None:
    voters = people(7)
    made = confirmation(molenwijk, [person("Dirk"), person("Esra")], voters, approval_quorum="1/2")
    answers = [("yes", "no"), ("yes", "yes"), ("yes", "no"), ("yes", "blank"), ("no", "no"), ("yes", "yes")]
    counted(made, [{"1": one, "2": other} for one, other in answers], voters)
    box = box_of(made)

    page = client.get(url(box, "result/"))
    sheet = json.loads(client.get(url(box, "result.json")).content)["sheet"]
    lines = lines_of(client.get(url(box, "result.csv")))

    in_json = [[str(one[answer]) for answer in ("yes", "no", "blank")] for one in sheet["options"]]
    figures = {(one["option"], one["figure"]): one["value"] for one in lines if one["part"] == "options"}
    in_csv = [[figures[key, answer] for answer in ("yes", "no", "blank")] for key in ("1", "2")]
    assert (
        in_json
        == in_csv
        == [row[1:] for row in rows_on(page, "options")]
        == [["5", "1", "0"], ["2", "3", "1"]]
    )
    assert "5 of the 7 people who may vote are in favour. 4 were needed." in words(page)
    assert "Dirk de Vries · elected" in words(page)
    assert "Esra de Vries · elected" not in words(page)


def test_page_and_json_of_ticked_names_say_the_same(client: Client, molenwijk: Neighbourhood) -> None:
    voters = people(6)
    made = approval(molenwijk, [person("Dirk"), person("Esra"), person("Femke")], voters)
    counted(made, [["1", "3"], ["3"], ["3", "2"], ["1"], ["1", "3"]], voters)
    box = box_of(made)

    page = client.get(url(box, "result/"))
    sheet = json.loads(client.get(url(box, "result.json")).content)["sheet"]

    shown = {row[0].partition(" ")[0]: int(row[1]) for row in rows_on(page, "options")}
    assert shown == {"Femke": 4, "Dirk": 3, "Esra": 1}
    assert [one["approvals"] for one in sheet["options"]] == [3, 1, 4]


def test_page_and_json_of_named_amounts_say_the_same(client: Client, molenwijk: Neighbourhood) -> None:
    voters = people(6)
    box = amount_box(molenwijk, voters)
    counted(box, [7_00, 9_00, 9_00, 12_00, 6_50, None], voters)

    page = client.get(url(box, "result/"))
    sheet = json.loads(client.get(url(box, "result.json")).content)["sheet"]

    assert rows_on(page, "amounts") == [
        ["6.50", "1", "1"], ["7.00", "1", "2"], ["9.00 · the middle", "2", "4"], ["12.00", "1", "5"],
    ]  # fmt: skip
    assert sheet["outcome"]["amount"] == 9_00
    assert "The middle amount 9.00" in words(page)


def test_anybody_counts_again_with_the_published_file(
    client: Client, election: Election, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "result.json"
    file.write_bytes(client.get(url(box_of(election), "result.json")).content)

    assert count_again(["check", str(file)]) == 0
    assert b"bit for bit" in capsysbinary.readouterr().out


def test_a_draw_by_lot_is_told_with_its_numbers(client: Client, molenwijk: Neighbourhood) -> None:
    voters = people(6)
    made = election_in_voting(molenwijk, [person("Dirk"), person("Esra"), person("Femke")], voters, seats=1)
    counted(made, [["1"], ["1"], ["2"], ["2"], ["3"]], voters)

    page = client.get(url(box_of(made), "result/"))
    sheet = json.loads(client.get(url(box_of(made), "result.json")).content)["sheet"]

    assert "The lot decided." in words(page)
    assert "Between Dirk de Vries and Esra de Vries the lot decided that" in words(page)
    assert all(number in words(page) for number in sheet["draws"][0]["hashes"].values())


def test_too_few_voters_decide_nothing_and_the_page_says_how_many_were_needed(
    client: Client, molenwijk: Neighbourhood
) -> None:
    voters = people(20)
    made = confirmation(molenwijk, [person("Dirk")], voters, turnout_quorum="1/2")
    counted(made, [{"1": "yes"}] * 6, voters)

    page = words(client.get(url(box_of(made), "result/")))

    assert "Too few people voted. Nothing was decided." in page
    assert "6 of the 20 people who may vote took part. 10 were needed." in page


# --- Little, or nothing yet -------------------------------------------------------------------------------------------


def test_of_fewer_than_five_secret_votes_the_outcome_alone_is_told_anywhere(
    client: Client, molenwijk: Neighbourhood
) -> None:
    voters = people(8)
    made = election_in_voting(molenwijk, [person("Dirk"), person("Esra")], voters, seats=1)
    codes = counted(made, [["1"], ["1", "2"], ["1"], ["2"]], voters, receipts=True)
    box = box_of(made)

    page = client.get(url(box, "result/"))
    found = json.loads(client.get(url(box, "result.json")).content)
    receipt = client.post(url(box, "receipt/"), {"code": codes[3]})

    assert "Elected: Dirk de Vries" in words(page)
    assert "Esra" not in words(page)
    assert not {"input", "sheet"} & found.keys()
    assert {one["part"] for one in lines_of(client.get(url(box, "result.csv")))} <= {"totals", "outcome"}
    assert "Yes, this vote was counted" in words(receipt)
    assert "Esra" not in words(receipt)


@pytest.mark.parametrize("state", [BoxState.READY, BoxState.OPEN, BoxState.CLOSED, BoxState.VOID])
def test_before_the_count_nobody_sees_more_than_how_many_voted(
    molenwijk: Neighbourhood, ann: User, ben: User, state: str
) -> None:
    ann.is_superuser = ann.is_staff = True
    ann.save()
    box = democracy.box(molenwijk, [ann, ben], state=state)
    for client in (Client(), signed_in(ann)):
        page = client.get(url(box, "result/"))

        assert page.status_code == 200
        assert "data-result" not in page.content.decode()
        assert client.get(url(box, "result.json")).status_code == 404
        assert client.get(url(box, "result.csv")).status_code == 404
        assert client.get(url(box, "receipt/")).status_code == 404


def test_while_voting_goes_on_the_page_tells_how_many_took_part(
    molenwijk: Neighbourhood, ann: User, ben: User
) -> None:
    made = election_in_voting(molenwijk, [person("Dirk"), person("Esra")], [ann, ben])
    assert made.box is not None
    from neighbourhoods.operations.ballots import cast
    from neighbourhoods.queries.ballots import form_hash
    from tests.neighbourhoods.vote_pages.scene import acting

    cast(
        box=made.box, person=ann.person, choice=["1"], wants_receipt=False, form_hash=form_hash(made.box),
        actor=acting(ann), at=democracy.VOTING,
    )  # fmt: skip

    page = words(Client().get(url(made.box, "result/")))

    assert "1 of 2 people voted" in page
    assert "Dirk" not in page


def test_a_count_that_is_not_published_yet_shows_nothing(client: Client, election: Election) -> None:
    Election.objects.filter(pk=election.pk).update(state=ElectionState.COUNTED)
    box = box_of(election)

    assert "data-result" not in client.get(url(box, "result/")).content.decode()
    assert client.get(url(box, "result.json")).status_code == 404


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (ElectionState.PROVISIONAL, "Provisional result. You can appeal until"),
        (ElectionState.FINAL, "Decided. Counted on"),
        (ElectionState.ANNULLED, "This result was annulled after an appeal"),
    ],
)
def test_the_page_says_how_sure_the_result_is(
    client: Client, election: Election, state: str, sentence: str
) -> None:
    Election.objects.filter(pk=election.pk).update(state=state)

    assert sentence in words(client.get(url(box_of(election), "result/")))


def test_whoever_was_erased_is_a_former_participant_on_page_and_in_files(
    client: Client, election: Election
) -> None:
    dirk = election.nominations.get(number=1).candidate
    erase_person(person=dirk, actor=SYSTEM, at=AFTER)
    box = box_of(election)

    pages = [client.get(url(box, rest)).content.decode() for rest in ("result/", "result.json", "result.csv")]

    assert [page for page in pages if "Dirk" in page or "former participant" not in page] == []


# --- The receipt ------------------------------------------------------------------------------------------------------


def test_a_receipt_finds_its_vote_however_the_code_is_typed(client: Client, molenwijk: Neighbourhood) -> None:
    voters = people(6)
    made = election_in_voting(molenwijk, [person("Dirk"), person("Esra")], voters, seats=1)
    codes = counted(made, [["1"], ["2", "1"], ["1"], ["2"], ["1"], []], voters, receipts=True)
    box = box_of(made)

    typed = codes[1].lower().replace("-", " ")
    found = words(client.post(url(box, "receipt/"), {"code": typed}))

    assert "Yes, this vote was counted" in found
    assert "1 Esra de Vries 2 Dirk de Vries" in found
    assert client.get(url(box, "result.json")).content.decode().count(codes[1]) == 1


@pytest.mark.parametrize("code", ["", "AAAA-AAAA-AAAA", "x" * 60, "' OR 1=1 --"])
def test_a_forged_receipt_is_told_to_be_none(client: Client, election: Election, code: str) -> None:
    said = words(client.post(url(box_of(election), "receipt/"), {"code": code}))

    assert "Yes, this vote was counted" not in said
    assert any(
        sentence in said
        for sentence in ("No vote with this code was counted", "Enter your receipt code", "shorter than this")
    )


@pytest.mark.parametrize("candidates", [1, 3])
def test_the_number_of_queries_of_a_result_does_not_grow(
    client: Client,
    molenwijk: Neighbourhood,
    candidates: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    voters = people(6)
    made = election_in_voting(molenwijk, voters[:candidates], voters, seats=1)
    counted(made, [["1"]] * 6, voters)
    box = box_of(made)
    client.get(url(box, "result/"))

    with django_assert_num_queries(7):
        client.get(url(box, "result/"))
