"""What is kept about persons who organise and take part in activities, and who offer what they can do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.privacy import Kept, OnErasure

MONEY = _("What was earned and paid must stay known for seven years. Your name goes.")
TOLD = _("That somebody wrote. Your words and name go.")
WHO_DECIDED = _("Who decided must stay known. Your name goes.")


def taking_part() -> tuple[Kept, ...]:
    """Activities, shifts, taking part, maximum amounts."""
    return (
        Kept(
            model="marketplace.Activity", paths=("organiser", "made_by"), what=_("Activities that you organise"),
            why=_("To show them to the neighbourhood."), on_erasure=OnErasure.EMPTY,
            stays=_("That there was an activity, for those who took part. Its words, picture and place go."),
            empty=(
                ("picture", None), ("picture_alt", ""), ("place", "–"), ("travel", ""), ("spoken", ""), ("words", ""),
            ),
            empty_by=("organiser",), secret=("key", "words"),
        ),
        Kept(
            model="marketplace.ActivityText", paths=("activity__organiser",), what=_("The words of your activities"),
            why=_("To show them to the neighbourhood."), on_erasure=OnErasure.EMPTY, stays=TOLD,
            empty=(("title", "–"), ("summary", ""), ("about", ""), ("asks", "")),
        ),
        Kept(
            model="marketplace.Shift", paths=("activity__organiser", "made_by"), what=_("Shifts that you planned"),
            why=_("So that people know when to come."), on_erasure=OnErasure.EMPTY,
            stays=_("When it was, for those who took part. Who was there goes."), empty=(("host", ""),),
            empty_by=("activity__organiser",), secret=("pin", "door_key"),
        ),
        Kept(
            model="marketplace.ShiftMessage", paths=("author",), what=_("What you told those who came to a shift"),
            why=_("So that they know what to expect."), on_erasure=OnErasure.EMPTY, stays=TOLD, empty=(("text", ""),),
            secret=("key",),
        ),
        Kept(
            model="marketplace.ShiftTemplate", paths=("organiser",), what=_("Weeks that you plan again and again"),
            why=_("To save you work."), on_erasure=OnErasure.DELETE,
        ),
        Kept(
            model="marketplace.ShiftTemplateLine", paths=("template__organiser",),
            what=_("The shifts in a week that you plan again and again"), why=_("To save you work."),
            on_erasure=OnErasure.DELETE, shown=False,
        ),
        Kept(
            model="marketplace.Participation", paths=("person", "signed_up_by", "confirmed_by"),
            what=_("Activities that you took part in, or in which you confirmed hours"),
            why=_("To keep your place, and to pay you for your hours."), on_erasure=OnErasure.KEEP, stays=MONEY,
            secret=("key",),
        ),
        Kept(
            model="marketplace.HoursDispute", paths=("participation__person", "opened_by", "ruled_by"),
            what=_("Disagreements about hours"), why=_("To settle them."), on_erasure=OnErasure.EMPTY, stays=TOLD,
            empty=(("participant_text", ""),), empty_by=("participation__person",),
        ),
        Kept(
            model="marketplace.PinTry", paths=("person",), what=_("Wrong numbers that you typed at a door"),
            why=_("So that nobody guesses the number."), on_erasure=OnErasure.DELETE,
        ),
        Kept(
            model="marketplace.GuardianConsent", paths=("child", "guardian"),
            what=_("Consent for a child to take part"), why=_("Children take part with the consent of a guardian."),
            on_erasure=OnErasure.KEEP, stays=_("That there was consent must stay known. Your name goes."),
        ),
        Kept(
            model="marketplace.ConductCertificate", paths=("person", "seen_by"),
            what=_("That an organisation saw a certificate of conduct (VOG)"),
            why=_("Some activities ask for one. No copy is kept."), on_erasure=OnErasure.KEEP,
            stays=_("That it was seen must stay known. Your name goes."),
        ),
        Kept(
            model="marketplace.CalendarFeed", paths=("person",), what=_("The address of your own calendar"),
            why=_("So that your calendar can show your shifts."), on_erasure=OnErasure.DELETE, secret=("token",),
        ),
        Kept(
            model="marketplace.RewardYear", paths=("confirmed_by",),
            what=_("Maximum amounts that you confirmed for a municipality"),
            why=_("To know who confirmed them."), on_erasure=OnErasure.KEEP, stays=WHO_DECIDED,
        ),
        Kept(
            model="marketplace.RewardSituation", paths=("person",),
            what=_("Whether you receive social assistance, as you told us"),
            why=_("The maximum that you may earn depends on it. Only you see it."), on_erasure=OnErasure.DELETE,
        ),
    )  # fmt: skip


def work() -> tuple[Kept, ...]:
    """Skills and teams."""
    return (
        Kept(
            model="marketplace.SkillProfile", paths=("person",), what=_("What you can do and would like"),
            why=_("To find work that suits you."), on_erasure=OnErasure.DELETE,
        ),
        Kept(
            model="marketplace.Skill", paths=("profile__person",), what=_("Kinds of work that you chose"),
            why=_("To find work that suits you."), on_erasure=OnErasure.DELETE,
        ),
        Kept(
            model="marketplace.FreeTime", paths=("profile__person",), what=_("When you have time"),
            why=_("To find work that suits you."), on_erasure=OnErasure.DELETE,
        ),
        Kept(
            model="marketplace.Team", paths=("coach",), what=_("Teams that you coach"),
            why=_("So that its members know whom to ask."), on_erasure=OnErasure.KEEP,
            stays=_("That there was a team, for its members. Your name goes."), secret=("key",),
        ),
        Kept(
            model="marketplace.TeamMember", paths=("person",), what=_("Teams that you are in"),
            why=_("To look for work together."), on_erasure=OnErasure.DELETE,
        ),
        Kept(
            model="marketplace.TeamProposal", paths=("proposed_by",), what=_("Work that you proposed to a team"),
            why=_("So that the team can take it up."), on_erasure=OnErasure.EMPTY, stays=TOLD, empty=(("text", ""),),
            secret=("key",),
        ),
        Kept(
            model="marketplace.TeamAnswer", paths=("person",), what=_("Your answers to work for your team"),
            why=_("So that the team knows who joins."), on_erasure=OnErasure.DELETE,
        ),
    )  # fmt: skip
