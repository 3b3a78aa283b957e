from __future__ import annotations

import pytest
from django.core import mail

from core.states import MoveRefused
from marketplace.models import Offer
from marketplace.offer_mail import mail_about_offer
from marketplace.operations import offers
from marketplace.operations.offers import Told
from people.models import Role, User
from tests.factories.market import AT, Market
from tests.factories.people import actor, mandate, person
from tests.marketplace.offers.making import published, submitted


def written(login: User, made: Offer, what: Told) -> mail.EmailMessage:
    mail.outbox.clear()
    mail_about_offer.call(login.pk, made.pk, str(what))
    return mail.outbox[0]


@pytest.mark.parametrize("what", Told)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_mail_names_the_offer_leads_to_it_and_shows_no_amount(
    there: Market, what: Told, language: str
) -> None:
    made = published(there, there.ann_login, title="Band & <b>plakken</b>")
    there.ann.holder.person_details.language = language
    there.ann.holder.person_details.save()

    told = written(there.ann_login, made, what)

    assert "Band & <b>plakken</b>" in told.subject
    assert "\n" not in told.subject
    assert f"/{language}/market/offers/{made.ref}/" in told.body
    assert "Molenwijk" in told.body
    assert "12,50" not in told.body


def test_the_board_gives_its_reason(there: Market) -> None:
    made = submitted(there, there.ann_login)
    mail.outbox.clear()

    offers.return_offer(offer=made, reason="Zeg waar & wanneer.", actor=actor(there.bea), at=AT)

    assert [(one.to, "Zeg waar & wanneer." in one.body) for one in mail.outbox] == [
        ([there.ann_login.email], True)
    ]


def test_taken_off_and_put_back_each_give_their_own_reason(there: Market) -> None:
    made = published(there, there.ann_login)
    mail.outbox.clear()

    offers.suspend(offer=made, reason="Onveilig.", actor=actor(there.bea), at=AT)
    offers.release(offer=made, reason="Toch goed.", actor=actor(there.bea), at=AT)

    assert ["Onveilig." in one.body for one in mail.outbox] == [True, False]
    assert ["Toch goed." in one.body for one in mail.outbox] == [False, True]


def test_all_who_sell_for_an_organisation_hear_of_it(there: Market) -> None:
    olga, eva = person("Olga"), person("Eva")
    mandate(person=olga, principal=there.shop.holder, role=Role.OPERATOR)
    mandate(person=eva, principal=there.shop.holder, role=Role.EDITOR)
    made = submitted(there, there.sjoerd, provider=there.shop.holder)
    mail.outbox.clear()

    offers.publish(offer=made, actor=actor(there.bea), at=AT)

    assert sorted(one.to[0] for one in mail.outbox) == sorted([there.sjoerd.email, olga.email])


def test_what_is_refused_is_told_to_nobody(there: Market) -> None:
    made = published(there, there.ann_login)
    mail.outbox.clear()

    with pytest.raises(MoveRefused):
        offers.publish(offer=made, actor=actor(there.bea), at=AT)

    assert mail.outbox == []


def test_whoever_erased_themself_meanwhile_gets_no_mail(there: Market) -> None:
    made = published(there, there.ann_login)
    User.objects.filter(pk=there.ann_login.pk).update(is_active=False)
    mail.outbox.clear()

    mail_about_offer.call(there.ann_login.pk, made.pk, "published")

    assert mail.outbox == []
