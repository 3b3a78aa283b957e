"""Page, JSON and CSV of a value decision say the same; the files carry no names of residents."""

from __future__ import annotations

import csv
import json
import re
from html import unescape
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from neighbourhoods.models import (
    ConsentAbout,
    DemandFigure,
    Indication,
    ValueConsent,
    ValueDecision,
    ValuedItem,
)
from neighbourhoods.operations.values import hide_comment
from neighbourhoods.queries.demand import monday_of
from people.models import User
from tests.factories import values
from tests.factories.democracy import DAY, VOTING
from tests.factories.people import actor, organisation
from tests.neighbourhoods.value_pages.conftest import as_
from tests.neighbourhoods.value_pages.test_decision import people
from tests.neighbourhoods.values import deciding
from tests.neighbourhoods.values.making import reacted

Json = dict[str, Any]


def url(decision: ValueDecision, name: str = "value_decision") -> str:
    return reverse(name, args=[decision.ref])


@pytest.fixture
def decision(
    now: time_machine.Traveller, reading: ValuedItem, ann: User, dirk: User, eva: User
) -> ValueDecision:
    """Weighed, reacted to, voted on by six residents, and decided."""
    voters = people(6, reading.neighbourhood)
    values.worth(reading, 800)
    school = organisation("De Regenboog")
    Indication.objects.create(
        item=reading, organisation=school, amount=1000, grounds="+ twee uur voorbereiding", language="nl",
        made_by=dirk.person, made_at=VOTING - 9 * DAY,
    )  # fmt: skip
    DemandFigure.objects.create(item=reading, week_on=monday_of(VOTING.date()), waiting=7, sign_ups=3)
    made = deciding.heard(reading, by=dirk, volume=40, consulted_until=VOTING + DAY)
    reacted(made, eva, text="Acht is genoeg.", at=VOTING)
    hide_comment(comment=reacted(made, dirk, text="Eva zeurt.", at=VOTING), reason="Over een persoon.",
                 actor=actor(ann), at=VOTING)  # fmt: skip
    ValueDecision.objects.filter(pk=made.pk).update(consulted_until=VOTING)
    vote = deciding.opened(deciding.again(made))
    amounts = [600, 800, 900, 900, 950, None]
    for who, amount in zip(voters, amounts, strict=True):
        deciding.chooses(vote, who, amount)
    deciding.closed(deciding.again(made))
    ValueConsent.objects.create(
        decision=made, about=ConsentAbout.COVER, is_given=True, reason="De gemeente vult aan.",
        given_by=ann.person, at=deciding.CLOSED,
    )  # fmt: skip
    now.move_to(deciding.CLOSED)
    return deciding.again(made)


def as_json(client: Client, decision: ValueDecision) -> Json:
    found: Json = json.loads(client.get(url(decision, "value_json")).content)
    return found


def as_csv(client: Client, decision: ValueDecision) -> dict[tuple[str, str, str], str]:
    lines = csv.DictReader(StringIO(client.get(url(decision, "value_csv")).content.decode()))
    return {(line["part"], line["number"], line["figure"]): line["value"] for line in lines}


def marked(html: str, name: str) -> list[str]:
    """What stands on the page in each place with this mark."""
    found = re.findall(rf"data-{name}[^>]*>(.*?)</(?:dd|p|td)>", html, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", " ", one)).split()[0] for one in found]


def written(amount: int, language: str) -> str:
    return f"{amount / 100:.2f}".replace(".", "," if language == "nl" else ".")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_page_json_and_csv_say_the_same(client: Client, decision: ValueDecision, language: str) -> None:
    html = client.get(url(decision).replace("/en/", f"/{language}/")).content.decode()
    found, lines = as_json(client, decision), as_csv(client, decision)

    for name, amount in (("present", 800), ("proposed", 900), ("decided", 900)):
        assert (found[name], lines["decision", "", name], marked(html, name)) == (
            written(amount, "en"), written(amount, "en"), [written(amount, language)],
        )  # fmt: skip
    assert re.findall(r'data-amount="(\d+)"', html) == ["900"]

    (vote,) = found["votes"]
    named = {one["amount"]: one["votes"] for one in vote["result"]["sheet"]["options"]}
    rows = re.findall(r'<tr[^>]*><th scope="row">([\d.,]+)[^<]*</th><td class="n">(\d+)</td>', html)
    assert named == {600: 1, 800: 1, 900: 2, 950: 1}
    assert [(amount, int(votes)) for amount, votes in rows[: len(named)]] == [
        (written(amount, language), votes) for amount, votes in named.items()
    ]
    for place, (amount, votes) in enumerate(named.items(), 1):
        option = f"result.sheet.options.{place}"
        assert lines["votes", "1", f"{option}.amount"] == written(amount, "en")
        assert lines["votes", "1", f"{option}.votes"] == str(votes)
    assert vote["result"]["sheet"]["cast"] == int(lines["votes", "1", "result.sheet.cast"]) == 6

    assert (found["effect"]["a_month"], lines["effect", "", "a_month"]) == ("360.00", "360.00")
    assert written(36000, language) in html
    assert [one["amount"] for one in found["versions"]] == ["8.00"]
    assert found["effective_on"] == lines["decision", "", "effective_on"] == "2026-12-16"


def test_all_that_led_to_it_is_in_the_files(client: Client, decision: ValueDecision) -> None:
    found = as_json(client, decision)

    assert found["item"]["names"] == {"nl": "Voorlezen op school", "en": "Reading aloud at school"}
    assert [(one["organisation"], one["amount"]) for one in found["indications"]] == [
        ("De Regenboog", "10.00")
    ]
    assert [one["waiting"] for one in found["demand"]][-1] == 0  # of the eight weeks until it was decided
    assert sum(one["waiting"] for one in found["demand"]) == 7
    assert [(one["about"], one["is_given"]) for one in found["consents"]] == [("COVER", True)]
    assert [one["text"] for one in found["reactions"]] == ["Acht is genoeg.", ""]
    assert [one["hidden_reason"] for one in found["reactions"]] == ["", "Over een persoon."]
    assert [one["event"] for one in found["steps"]] == ["open_vote", "decide", "publish"]


def test_a_file_carries_no_name_of_a_resident(client: Client, decision: ValueDecision) -> None:
    for name in ("value_json", "value_csv", "value_moderation_csv"):
        text = client.get(url(decision, name)).content.decode()

        assert not any(one in text for one in ("Dirk", "Eva", "Voter", "Ann ", "de Vries"))


def test_no_cell_is_a_formula_to_a_spreadsheet(client: Client, decision: ValueDecision) -> None:
    lines = as_csv(client, decision)

    assert lines["indications", "1", "grounds"] == "'+ twee uur voorbereiding"
    assert not any(value.startswith(("=", "+", "-", "@")) for value in lines.values())


def test_the_files_are_the_same_for_whoever_asks(client: Client, decision: ValueDecision, dirk: User) -> None:
    for name in ("value_json", "value_csv"):
        assert client.get(url(decision, name)).content == as_(dirk).get(url(decision, name)).content


def test_a_spreadsheet_has_one_figure_a_line(client: Client, decision: ValueDecision) -> None:
    rows = list(csv.reader(StringIO(client.get(url(decision, "value_csv")).content.decode())))

    assert rows[0] == ["part", "number", "figure", "value"]
    assert {len(row) for row in rows} == {4}
    keys = [tuple(row[:3]) for row in rows]
    assert len(keys) == len(set(keys))


def test_how_many_support_it_is_told_as_long_as_that_is_asked(
    client: Client, decision: ValueDecision, dirk: User
) -> None:
    """Later other people live there, and the number would say that it came on the agenda without enough of them."""
    proposal = values.value_decision(values.item(decision.neighbourhood, "Soep koken"), by=dirk, at=VOTING)

    asked, over = (json.loads(client.get(url(one, "value_json")).content) for one in (proposal, decision))

    assert asked["support"]["supporters"] == 0
    assert over["support"] is None
