"""Activities and their pages: how one begins, what it says, and what publishing it hands over: words and a picture."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from content.translation import words_on_the_page
from core.actor import Actor
from core.refusals import Refusal
from marketplace.models import Activity, ActivityPage, ActivityText
from marketplace.operations import activities
from marketplace.operations.activities.standing import OVER, WRITABLE, ActivityOver, locked
from marketplace.operations.doors import judge_of
from marketplace.operations.faced import Effect, Faced, register
from marketplace.operations.following import Verdict, follow
from marketplace.operations.words_of_offer import LONGEST_ABOUT
from marketplace.queries.pages import activities_page_of, page_of_activity
from marketplace.states import ActivityState
from neighbourhoods.founding import free_slug
from neighbourhoods.models import Neighbourhood
from people.models import Party, User

LONGEST_SLUG = 60


class NoActivitiesPage(Refusal):
    """This neighbourhood has no page about taking part yet, so nothing can stand below it."""

    code = "activity_no_page_above"
    sentence = _("There is no page about taking part here yet. Ask the administrator of the site to add it.")


def begin_page(
    *,
    neighbourhood: Neighbourhood,
    organiser: Party,
    title: str,
    summary: str,
    facts: activities.Facts,
    key: UUID,
    actor: Actor,
    user: User,
    at: datetime,
) -> ActivityPage:
    """Begin the page of an activity, with the draft that it is the face of. The same key again gives the same page.

    :raises NoActivitiesPage: when the page about taking part is missing.
    :raises Refusal: what `draft_activity` says about who, words and facts.
    """
    parent = activities_page_of(neighbourhood)
    if parent is None:
        raise NoActivitiesPage
    with transaction.atomic():
        made = activities.draft_activity(
            neighbourhood=neighbourhood, organiser=organiser, language=settings.LANGUAGE_CODE, title=title,
            summary=summary, about="", asks="", facts=facts, key=key, actor=actor, at=at,
        )  # fmt: skip
        known = page_of_activity(made)
        if known is not None:
            return known
        # Held until the end: of two with the same title, the second gets a number behind its address.
        Page.objects.select_for_update().get(pk=parent.pk)
        text = made.texts.get()
        page = ActivityPage(
            activity=made, title=text.title, lead=text.summary, live=False, locale=parent.locale, owner=user,
            slug=free_slug(parent, slugify(text.title)[:LONGEST_SLUG] or "activiteit"),
        )  # fmt: skip
        parent.refresh_from_db(fields=["path", "depth", "numchild"])
        parent.add_child(instance=page)
        page.save_revision(user=user, log_action=True)
    return page


def told_by(page: ActivityPage) -> dict[str, str]:
    """The words of a page, as they are kept beside its plain row: for lists, and for who searches."""
    body = "\n\n".join(page.body.stream_block.get_searchable_content(page.body)) if page.body else ""
    about = Truncator(body.strip()).chars(LONGEST_ABOUT)
    return {"title": page.title, "summary": page.lead, "about": about, "asks": page.asks}


def _hand_over(
    activity: Activity,
    page: ActivityPage,
    _written_at: datetime,
    *,
    actor: Actor,
    at: datetime,
    by_page: bool,
) -> Effect:
    """Words and picture, as far as they are others than those that stand. Who may is asked when anything is."""
    told, picture = told_by(page), page.picture
    alt = page.picture_alt if picture else ""
    text = activity.texts.filter(language=settings.LANGUAGE_CODE).first()
    stands = text and {name: getattr(text, name) for name in told}
    if (stands, activity.picture_id, activity.picture_alt) == (told, picture.pk if picture else None, alt):
        return Effect.SAME
    if by_page:
        judge_of(actor, activity.neighbourhood, activity.organiser, at)
    activities.change_words(
        activity=activity, language=settings.LANGUAGE_CODE, picture=picture, picture_alt=alt, actor=actor, at=at,
        by_page=by_page, **told,
    )  # fmt: skip
    return Effect.WORDS


def _follow_words(activity: Activity, page: ActivityPage) -> None:
    """The words of a translation, once most of it is translated; words in another language are not passed for it."""
    language = page.locale.language_code
    if words_on_the_page(page)["text_language"] == language:
        activities.put_text(activity=activity, language=language, **told_by(page))
    else:
        ActivityText.objects.filter(activity=activity, language=language).delete()
    activities.write_words(activity)


register(
    Faced(
        name="activity", page=ActivityPage, row=Activity, lock=locked, party=lambda activity: activity.organiser,
        hand_over=_hand_over, follow_words=_follow_words, over=OVER, too_late=ActivityOver, writable=WRITABLE,
        submitted=ActivityState.SUBMITTED, open=ActivityState.PUBLISHED, paused=ActivityState.PAUSED,
        submit=lambda activity, **who: activities.submit(activity=activity, **who),
        publish=lambda activity, **who: activities.publish(activity=activity, **who),
        send_back=lambda activity, **who: activities.return_activity(activity=activity, **who),
        withdraw=lambda activity, **who: activities.withdraw(activity=activity, **who),
        pause=lambda activity, **who: activities.pause(activity=activity, **who),
        resume=lambda activity, **who: activities.resume(activity=activity, **who),
        suspend=lambda activity, **who: activities.suspend(activity=activity, **who),
        release=lambda activity, **who: activities.release(activity=activity, **who),
    )
)  # fmt: skip


@activities.on_told
def follow_the_board(activity: Activity, what: activities.Told, _at: datetime) -> None:
    """What the board decides in its own room is done to the page too."""
    verdicts = {activities.Told.PUBLISHED: Verdict.OPEN, activities.Told.RETURNED: Verdict.RETURNED}
    if what in verdicts:
        follow(activity, verdicts[what])
