"""Appeals about a vote on a value, as the panel reads them."""

from __future__ import annotations

from pytest_django import Settings

from neighbourhoods.models import Appeal, Neighbourhood
from people.models import Role, User
from tests.factories.democracy import VOTING
from tests.factories.people import mandate, person
from tests.neighbourhoods.vote_pages.scene import signed_in, words
from tests.neighbourhoods.vote_pages.test_value_votes import QUESTION, asked


def test_the_panel_reads_what_the_vote_was_about(
    molenwijk: Neighbourhood, ann: User, settings: Settings
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    box = asked(molenwijk, [ann])
    appeal = Appeal.objects.create(
        box=box,
        appellant=ann.person,
        grounds="Er ging iets mis.",
        language="nl",
        filed_at=VOTING,
        key=box.ref,
    )
    panel = person("Pam")
    mandate(person=panel, principal=molenwijk.municipality, role=Role.APPEALS)

    listed = signed_in(panel).get("/en/vote/polling/appeals/")
    read = signed_in(panel).get(f"/en/vote/polling/appeals/{appeal.ref}/")

    assert [QUESTION in words(page) for page in (listed, read)] == [True, True]
