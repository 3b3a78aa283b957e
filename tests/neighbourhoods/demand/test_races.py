"""Two clocks at once, in real processes: an item comes on the agenda once."""

from __future__ import annotations

import uuid

from neighbourhoods.models import DemandSignal, Measure, ValueDecision, ValuedItem
from neighbourhoods.operations.values import propose
from neighbourhoods.queries.demand import LIMITS
from neighbourhoods.states import ValueState
from people.models import User
from tests.factories import values
from tests.factories.people import actor, person
from tests.factories.residency import municipality, place
from tests.neighbourhoods.demand.conftest import NOW, look, tell
from tests.plugins.data import RealCommits


def look_now() -> int:
    return look(NOW)


def propose_reading(item: int, who: int) -> str:
    about, login = ValuedItem.objects.get(pk=item), User.objects.get(pk=who)
    made = propose(
        neighbourhood=about.neighbourhood, item=about, amount=1000, text="Het is zwaar werk.", language="nl",
        key=uuid.uuid4(), actor=actor(login), at=NOW,
    )  # fmt: skip
    return made.state


def wanted() -> ValuedItem:
    """Something that more people wait for than the limit."""
    molenwijk = place("Molenwijk", of=municipality("Dijkstad"))
    values.value_policy(molenwijk)
    item = values.item(molenwijk)
    tell(item, waiting=LIMITS[Measure.WAITING])
    return item


def test_of_many_clocks_at_the_same_moment_one_makes_the_signal(real_commits: RealCommits) -> None:
    item = wanted()

    outcomes = real_commits.race(look_now, [{}] * 6)

    assert sum(one.result for one in outcomes) == 1
    assert {one.refused for one in outcomes} == {None}
    assert (
        DemandSignal.objects.filter(item=item).count() == ValueDecision.objects.filter(item=item).count() == 1
    )


def test_a_resident_who_proposes_at_the_same_moment_is_put_on_the_agenda_or_told_that_it_is_there(
    real_commits: RealCommits,
) -> None:
    item = wanted()
    ann = person("Ann")

    signal, proposal = real_commits.race_between(
        [(look_now, {}), (propose_reading, {"item": item.pk, "who": ann.pk})]
    )

    assert signal.result == 1
    made = ValueDecision.objects.get(item=item)
    assert made.state == ValueState.ADMITTED
    if proposal.refused:
        assert (proposal.refused, made.proposed) == ("value_already_running", None)
    else:
        assert made.proposed == 1000
