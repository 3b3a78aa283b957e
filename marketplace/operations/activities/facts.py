"""What is said of an activity besides its words: what it earns, where it is, and who can do it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal
from core.words import one_line
from ledger.kinds import Label
from marketplace.models import REWARD_LABELS, Activity
from neighbourhoods.models import ItemKind, Neighbourhood, ValuedItem
from people.models import Party

if TYPE_CHECKING:
    from ledger.models import Account

YOUNGEST, OLDEST, GROWING_UP = 12, 99, 16
LONGEST_PLACE, LONGEST_TRAVEL, LONGEST_SPOKEN, LONGEST_ALT = 120, 200, 120, 200

# What an organiser chooses from. Both have a maximum, together; the others need receipts or a contract, which nobody
# asks for here: the board alone says that coins are those.
CHOSEN_LABELS: Final = (Label.VOLUNTEER_ALLOWANCE, Label.BENEFIT_IN_KIND)

# What somebody who signs up counts on: once it is open the board alone changes it.
FIXED: Final = ("item", "label", "pot", "lowest_age", "asks_conduct_certificate")


class ItemRefused(Refusal):
    """Another neighbourhood's, or something that is not earned but paid for."""

    code = "activity_item"
    sentence = _("Choose what it is from the list: it says what an hour is worth.")
    field = "item"


class IndicationRefused(Refusal):
    """Nought is not a thought about a value."""

    code = "activity_indication"
    sentence = _("Say what you think it is worth in more than nought, or leave it empty.")
    field = "indication"


class LabelRefused(Refusal):
    """Coins for an activity are something in law. A gift they are not: for a gift nothing has to be done."""

    code = "activity_label"
    sentence = _("Choose what the coins are in law.")
    field = "label"


class WhereRefused(Refusal):
    """Nobody comes to a place that is not named."""

    code = "activity_place"
    sentence = _("Say where it is, in no more than 120 characters.")
    field = "place"


class TravelRefused(Refusal):
    """One sentence."""

    code = "activity_travel"
    sentence = _("Say how to get there in no more than 200 characters.")
    field = "travel"


class SpokenRefused(Refusal):
    """The names of some languages."""

    code = "activity_spoken"
    sentence = _("Say which languages are spoken there in no more than 120 characters.")
    field = "spoken"


class AgeRefused(Refusal):
    """Children under twelve do not earn coins."""

    code = "activity_lowest_age"
    sentence = _("Choose an age of 12 to 99.")
    field = "lowest_age"


class CertificateRefused(Refusal):
    """Somebody of an organisation looks at it and writes down until when it is valid: a resident sees nobody's."""

    code = "activity_certificate_of_person"
    sentence = _("Only an organisation can ask for a certificate of conduct (VOG). Leave this out.")
    field = "asks_conduct_certificate"


class PictureWordsRefused(Refusal):
    """What is in a picture is said in one sentence."""

    code = "activity_picture_alt"
    sentence = _("Say what is in the picture in no more than 200 characters.")
    field = "picture_alt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that is told of an activity and is no text. `indication` is in minor units per unit of the item."""

    item: ValuedItem
    indication: int | None = None
    label: str = Label.VOLUNTEER_ALLOWANCE
    pot: Account | None = None
    place: str = ""
    travel: str = ""
    spoken: str = ""
    step_free: bool = False
    accessible_toilet: bool = False
    seated: bool = False
    quiet: bool = False
    lowest_age: int = GROWING_UP
    asks_conduct_certificate: bool = False


def facts_of(activity: Activity) -> Facts:
    """What an activity says of itself now."""
    return Facts(**{field.name: getattr(activity, field.name) for field in fields(Facts)})


def checked_facts(
    facts: Facts, neighbourhood: Neighbourhood, organiser: Party, *, stands: Activity | None = None
) -> dict[str, Any]:
    """The fields of the row, made fit to be shown. The label is one that an organiser chooses, or it is as it stands.

    :raises Refusal: the first thing that does not do.
    """
    check_money(neighbourhood, facts.item, facts.label, facts.lowest_age)
    if facts.label not in CHOSEN_LABELS and (stands is None or facts.label != stands.label):
        raise LabelRefused
    check_certificate(organiser, asks=facts.asks_conduct_certificate)
    if facts.indication is not None and facts.indication <= 0:
        raise IndicationRefused
    told = {field.name: getattr(facts, field.name) for field in fields(Facts)}
    return {**told, **_checked_texts(facts)}


def check_money(neighbourhood: Neighbourhood, item: ValuedItem, label: str, lowest_age: int) -> None:
    """:raises ItemRefused, LabelRefused, AgeRefused: for what cannot be earned here, or so."""
    if item.neighbourhood_id != neighbourhood.pk or item.kind != ItemKind.ACTIVITY:
        raise ItemRefused
    if label not in {one.value for one in REWARD_LABELS}:
        raise LabelRefused
    if not YOUNGEST <= lowest_age <= OLDEST:
        raise AgeRefused


def check_certificate(organiser: Party, *, asks: bool) -> None:
    """:raises CertificateRefused: when a resident asks for one."""
    if asks and organiser.is_person:
        raise CertificateRefused


def checked_alt(picture_alt: str) -> str:
    """:raises PictureWordsRefused: when it is longer than anybody listens to."""
    alt = one_line(picture_alt)
    if len(alt) > LONGEST_ALT:
        raise PictureWordsRefused
    return alt


def _checked_texts(facts: Facts) -> dict[str, str]:
    place, travel, spoken = one_line(facts.place), one_line(facts.travel), one_line(facts.spoken)
    if not 0 < len(place) <= LONGEST_PLACE:
        raise WhereRefused
    if len(travel) > LONGEST_TRAVEL:
        raise TravelRefused
    if len(spoken) > LONGEST_SPOKEN:
        raise SpokenRefused
    return {"place": place, "travel": travel, "spoken": spoken}
