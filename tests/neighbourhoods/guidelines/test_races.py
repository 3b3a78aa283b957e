"""Two people at the same moment, in real processes."""

from __future__ import annotations

from neighbourhoods.models import Category, PotRule, ValueConsent, ValueDecision, ValueGuideline
from neighbourhoods.operations.guidelines import set_guideline
from neighbourhoods.operations.pot_rules import add_rule
from neighbourhoods.operations.values import answer_guideline
from neighbourhoods.states import ValueState
from people.models import Party, Role, User
from tests.factories import values as make
from tests.factories.people import mandate, person
from tests.factories.pots import pot
from tests.factories.residency import DAY, NOON, SYSTEM, TODAY, municipality, place
from tests.neighbourhoods.guidelines.conftest import acting
from tests.plugins.data import RealCommits


def answer(decision: int, who: int, consents: int) -> bool:
    login = User.objects.select_related("person").get(pk=who)
    found = ValueDecision.objects.get(pk=decision)
    by = acting(login, found.neighbourhood.municipality)
    given = answer_guideline(decision=found, consents=bool(consents), reason="Daarom.", actor=by, at=NOON)
    return given.is_given


def change(municipality: int, category: int, high: int) -> int:
    made = set_guideline(
        municipality=Party.objects.get(pk=municipality), category=Category.objects.get(pk=category), unit="HOUR",
        low=100, high=high, note="", from_on=TODAY, actor=SYSTEM, at=NOON,
    )  # fmt: skip
    return made.version


def allow(rule: int, category: int) -> int:
    """Another rule for the pot of this one."""
    account = PotRule.objects.select_related("pot").get(pk=rule).pot
    made = add_rule(pot=account, category=Category.objects.get(pk=category), actor=SYSTEM, at=NOON)
    return made.pk


def test_of_a_yes_and_a_no_at_the_same_moment_one_is_the_answer(real_commits: RealCommits) -> None:
    dijkstad = municipality("Dijkstad")
    item = make.item(place("Molenwijk", of=dijkstad))
    decision = make.value_decision(
        item, state=ValueState.AWAITING_CONSENT, decided=900, decided_at=NOON - DAY
    )
    officials = [person("Ann"), person("Ben")]
    for login in officials:
        mandate(person=login, principal=dijkstad, role=Role.FINANCE)

    outcomes = real_commits.race(
        answer,
        [
            {"decision": decision.pk, "who": login.pk, "consents": says}
            for login, says in zip(officials, (1, 0), strict=True)
        ],
    )

    assert sorted(str(one.refused) for one in outcomes) == ["None", "move_refused"]
    given = ValueConsent.objects.get()
    decision.refresh_from_db()
    assert decision.state == (ValueState.APPEAL if given.is_given else ValueState.REJECTED)


def test_of_guidelines_at_the_same_moment_each_is_a_version(real_commits: RealCommits) -> None:
    dijkstad, category = municipality("Dijkstad"), make.category()

    outcomes = real_commits.race(
        change,
        [{"municipality": dijkstad.pk, "category": category.pk, "high": 200 + one} for one in range(4)],
    )

    assert sorted(one.result for one in outcomes) == [1, 2, 3, 4]
    assert ValueGuideline.objects.count() == 4


def test_a_rule_that_two_write_down_at_the_same_moment_is_there_once(real_commits: RealCommits) -> None:
    first, second = make.category("zorg"), make.category("sport")
    made = add_rule(
        pot=pot(place("Molenwijk", of=municipality("Dijkstad"))), category=first, actor=SYSTEM, at=NOON
    )

    outcomes = real_commits.race(allow, [{"rule": made.pk, "category": second.pk}] * 4)

    assert sorted(str(one.refused) for one in outcomes) == ["None", *["pot_rule_there"] * 3]
    assert PotRule.objects.filter(category=second).count() == 1
