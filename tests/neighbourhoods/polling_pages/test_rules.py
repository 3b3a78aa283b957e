from __future__ import annotations

from fractions import Fraction

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from neighbourhoods.forms.policies import ASKED, PolicyForm
from neighbourhoods.models import DecisionPolicy, Neighbourhood, Subject
from neighbourhoods.operations.policies import FIRST, add_first_policies, values_of
from neighbourhoods.queries.policies import policy_for
from people.models import Party
from tests.factories.democracy import VOTING
from tests.factories.residency import SYSTEM, clerk
from tests.factories.values import category
from tests.neighbourhoods.polling_pages.conftest import browser
from tests.neighbourhoods.polling_pages.pages import read, sent


@pytest.fixture
def decides(molenwijk: Neighbourhood) -> Neighbourhood:
    """Molenwijk with the rules that every neighbourhood begins with."""
    add_first_policies(molenwijk, actor=SYSTEM, at=VOTING)
    return molenwijk


@pytest.fixture
def as_clara(dijkstad: Party, now: time_machine.Traveller) -> Client:
    """A clerk of the municipality."""
    return browser(clerk("Clara", dijkstad))


def change(subject: str) -> str:
    return reverse("polling_policy", args=["molenwijk", subject])


def as_it_is(neighbourhood: Neighbourhood, subject: str) -> dict[str, str]:
    """What a browser sends back when nothing is changed."""
    form = PolicyForm(subject=subject, present=values_of(policy_for(neighbourhood, subject)))
    return {name: str(value) for name in form.fields if (value := form[name].value()) is not None}


@pytest.mark.parametrize("subject", list(ASKED))
def test_a_form_that_is_sent_as_it_is_changes_nothing(
    as_clara: Client, decides: Neighbourhood, subject: str
) -> None:
    before = policy_for(decides, subject)

    page = sent(as_clara, change(subject), **as_it_is(decides, subject))

    assert "The new rules hold for what begins from now on." in page
    assert policy_for(decides, subject) == before
    assert values_of(before) == FIRST[subject]


def test_a_change_is_a_new_version_and_the_old_one_stays(as_clara: Client, decides: Neighbourhood) -> None:
    form = {**as_it_is(decides, Subject.ELECTION), "voting_days": "21", "age": "12", "days_here": "30"}

    sent(as_clara, change(Subject.ELECTION), **form)

    held = policy_for(decides, Subject.ELECTION)
    assert (held.version, held.voting_days) == (2, 21)
    assert [(rule.kind, rule.number) for rule in held.rules.all()] == [
        ("LIVES_HERE", None), ("AGE", 12), ("LIVES_HERE_DAYS", 30),
    ]  # fmt: skip
    assert DecisionPolicy.objects.get(subject=Subject.ELECTION, version=1).voting_days == 10


def test_an_empty_age_lets_everybody_vote(as_clara: Client, decides: Neighbourhood) -> None:
    sent(as_clara, change(Subject.ELECTION), **{**as_it_is(decides, Subject.ELECTION), "age": ""})

    assert [rule.kind for rule in policy_for(decides, Subject.ELECTION).rules.all()] == ["LIVES_HERE"]


@pytest.mark.parametrize(
    ("typed", "share"),
    [("2/3", Fraction(2, 3)), ("20%", Fraction(1, 5)), ("12,5 %", Fraction(1, 8)), ("0,25", Fraction(1, 4))],
)
def test_a_part_is_kept_exactly_as_it_is_meant(
    as_clara: Client, decides: Neighbourhood, typed: str, share: Fraction
) -> None:
    sent(as_clara, change(Subject.RECALL), support_needed=typed, support_days="60")

    assert policy_for(decides, Subject.RECALL).support_needed == share


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"support_needed": "0", "support_days": "60"}, "Say how many residents must support a call"),
        ({"support_needed": "3/2", "support_days": "60"}, "Enter a share between 0 and 1"),
        ({"support_needed": "%", "support_days": "60"}, "Enter a share between 0 and 1"),
        ({"support_needed": "1e9999999", "support_days": "60"}, "Enter a share between 0 and 1"),
        ({"support_needed": "1e-9999999%", "support_days": "60"}, "Enter a share between 0 and 1"),
        ({"support_needed": "1_0/2_0", "support_days": "60"}, "Enter a share between 0 and 1"),
        ({"support_needed": "\u0661/\u0662", "support_days": "60"}, "Enter a share between 0 and 1"),
        (
            {"support_needed": "0.12345678", "support_days": "60"},
            "Write this part more simply, for example 2/3.",
        ),
        (
            {"support_needed": "0.3333333%", "support_days": "60"},
            "Write this part more simply, for example 2/3.",
        ),
        ({"support_needed": "1/5", "support_days": "0"}, "Choose a number from 1 to 365."),
        ({"support_needed": "", "support_days": ""}, "Enter a number."),
    ],
)
def test_what_cannot_be_a_rule_is_told_beside_the_field(
    as_clara: Client, decides: Neighbourhood, form: dict[str, str], words: str
) -> None:
    page = sent(as_clara, change(Subject.RECALL), **form)

    assert words in page
    assert policy_for(decides, Subject.RECALL).version == 1


def test_the_rules_stand_on_one_page_in_words(as_clara: Client, decides: Neighbourhood) -> None:
    page = read(as_clara, reverse("polling_policies", args=["molenwijk"]))

    assert "How does Molenwijk decide?" in page
    assert "Voting takes 10 days." in page


def test_what_is_not_written_down_yet_begins_with_the_usual(
    as_clara: Client, molenwijk: Neighbourhood
) -> None:
    assert "This is not written down yet." in read(as_clara, reverse("polling_policies", args=["molenwijk"]))

    sent(as_clara, change(Subject.RECALL), support_needed="1/5", support_days="60")

    assert values_of(policy_for(molenwijk, Subject.RECALL)) == FIRST[Subject.RECALL]


def test_there_are_no_rules_about_anything_else(as_clara: Client, decides: Neighbourhood) -> None:
    assert as_clara.get(change("PRICES")).status_code == 404


def test_the_polling_office_reads_no_rules_to_change(as_olga: Client, decides: Neighbourhood) -> None:
    assert as_olga.get(change(Subject.ELECTION)).status_code == 404
    assert as_olga.post(change(Subject.ELECTION), {"voting_days": "1"}).status_code == 404
    assert policy_for(decides, Subject.ELECTION).version == 1


# --- What something is worth ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decider", "way"),
    [
        ("RESIDENTS", ("MEDIAN", "SECRET", ["LIVES_HERE", "AGE"])),
        ("BOTH", ("MEDIAN", "SECRET", ["LIVES_HERE", "AGE"])),
        ("BOARD", ("YES_NO", "RECORDED", ["HAS_SEAT"])),
    ],
)
def test_who_decides_about_values_brings_its_way_of_voting_along(
    as_clara: Client, decides: Neighbourhood, decider: str, way: tuple[str, str, list[str]]
) -> None:
    form = {**as_it_is(decides, Subject.VALUE), "decider": decider, "margin": "5%", "cover_months": "6"}

    sent(as_clara, change(Subject.VALUE), **form)

    held = policy_for(decides, Subject.VALUE)
    assert (held.decider, held.margin, held.cover_months) == (decider, Fraction(1, 20), 6)
    assert (held.method, held.secrecy, [rule.kind for rule in held.rules.all()]) == way


def test_a_board_that_decided_can_give_it_back_to_the_residents(
    as_clara: Client, decides: Neighbourhood
) -> None:
    for decider in ("BOARD", "RESIDENTS"):
        sent(as_clara, change(Subject.VALUE), **{**as_it_is(decides, Subject.VALUE), "decider": decider})

    held = policy_for(decides, Subject.VALUE)
    assert (held.version, [rule.kind for rule in held.rules.all()]) == (3, ["LIVES_HERE"])


def test_a_category_gets_rules_of_its_own_that_begin_as_those_for_all(
    as_clara: Client, decides: Neighbourhood
) -> None:
    care = category("zorg")
    general = policy_for(decides, Subject.VALUE)
    form = {**as_it_is(decides, Subject.VALUE), "voting_days": "3"}

    before = read(as_clara, reverse("polling_policy_categories", args=["molenwijk"]))
    page = sent(as_clara, reverse("polling_policy_of", args=["molenwijk", "zorg"]), **form)
    after = read(as_clara, reverse("polling_policy_categories", args=["molenwijk"]))

    own = policy_for(decides, Subject.VALUE, care)
    assert (own.voting_days, own.support_needed, own.category) == (3, general.support_needed, care)
    assert policy_for(decides, Subject.VALUE) == general
    assert "What something is worth: Zorg" in page
    assert "Voting takes 3 days." in page
    assert ("own rules" in before, "own rules" in after) == (False, True)


def test_there_are_no_rules_for_a_category_that_does_not_exist(
    as_clara: Client, decides: Neighbourhood
) -> None:
    assert as_clara.get(reverse("polling_policy_of", args=["molenwijk", "maanreizen"])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_categories_costs_the_same_however_many_there_are(
    as_clara: Client, decides: Neighbourhood, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        branch = category(f"tak-{place}")
        category(f"blad-{place}", parent=branch)
    address = reverse("polling_policy_categories", args=["molenwijk"])
    as_clara.get(address)

    with django_assert_num_queries(CATEGORIES):
        as_clara.get(address)


CATEGORIES = 15
