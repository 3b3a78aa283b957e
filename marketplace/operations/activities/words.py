"""The words of an activity: told in a language, and gathered into what it is found by."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal
from core.words import one_line
from marketplace.models import Activity, ActivityText
from marketplace.operations.words import check_words
from marketplace.operations.words_of_offer import checked_words, found_by
from neighbourhoods.models import CategoryText, ItemText

LONGEST_ASKS = 300


class AsksRefused(Refusal):
    """One sentence."""

    code = "activity_asks"
    sentence = _("Say what people need for it in no more than 300 characters.")
    field = "asks"


def put_text(
    *, activity: Activity, language: str, title: str, summary: str = "", about: str = "", asks: str = ""
) -> ActivityText:
    """Tell an activity in a language, over what stood there. Called by what locked the activity and saw who may;
    `write_words` comes after the last of them.

    :raises TitleRefused, SummaryRefused, AboutRefused, AsksRefused, LanguageRefused: for words that do not do.
    :raises BlockedWord, ReservedName: for words that this market does not want.
    """
    words = {**checked_words(title, summary, about, language), "asks": one_line(asks)}
    if len(words["asks"]) > LONGEST_ASKS:
        raise AsksRefused
    check_text(activity, ActivityText(activity=activity, language=language, **words))
    text, _made = ActivityText.objects.update_or_create(activity=activity, language=language, defaults=words)
    return text


def check_text(activity: Activity, text: ActivityText) -> None:
    """:raises BlockedWord, ReservedName: for words that this market does not want."""
    check_words(
        activity.neighbourhood,
        text.summary,
        text.about,
        text.asks,
        title=text.title,
        party=activity.organiser,
    )


def check_facts_words(activity: Activity) -> None:
    """:raises BlockedWord: for a word on the list of the board in what stands beside the text."""
    told = (activity.place, activity.travel, activity.spoken, activity.picture_alt)
    check_words(activity.neighbourhood, *told, party=activity.organiser)


def write_words(activity: Activity) -> None:
    """Gather all that an activity is found by. Called by whatever changed one of these, in its transaction."""
    texts = ActivityText.objects.filter(activity=activity).order_by("pk")
    item, category = activity.item, activity.item.category
    of_category = {category.pk, category.parent_id} - {None}
    told = [
        *(part for text in texts for part in (text.title, text.summary, text.about, text.asks)),
        *ItemText.objects.filter(item=item).order_by("pk").values_list("name", flat=True),
        *CategoryText.objects.filter(category__in=of_category).order_by("pk").values_list("name", flat=True),
        activity.organiser.display_name,
        activity.place,
        activity.spoken,
    ]
    activity.words = found_by(told)
    Activity.objects.filter(pk=activity.pk).update(words=activity.words)
