"""The state tables of this app: data only."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.states import StateTable


class ResidencyState(TextChoices):
    REQUESTED = "REQUESTED", _("requested")
    ATTESTED = "ATTESTED", _("attested")
    ENDED = "ENDED", _("ended")
    EXPIRED = "EXPIRED", _("expired")
    REFUSED = "REFUSED", _("refused")


_S = ResidencyState

RESIDENCY = StateTable(
    name="residency",
    start=_S.REQUESTED,
    moves={
        (_S.REQUESTED, "attest"): _S.ATTESTED,  # by a clerk, at the desk
        (_S.REQUESTED, "enter_code"): _S.ATTESTED,  # by the resident, with the code from the letter
        (_S.REQUESTED, "refuse"): _S.REFUSED,
        (_S.REQUESTED, "withdraw"): _S.REFUSED,
        (_S.ATTESTED, "end"): _S.ENDED,
        (_S.ATTESTED, "expire"): _S.EXPIRED,
    },
    ends=frozenset({_S.ENDED, _S.EXPIRED, _S.REFUSED}),
    may_stay=frozenset({_S.ATTESTED}),
)


class RollState(TextChoices):
    BUILT = "BUILT", _("open for objections")
    FROZEN = "FROZEN", _("frozen")


ROLL = StateTable(
    name="roll",
    start=RollState.BUILT,
    moves={(RollState.BUILT, "freeze"): RollState.FROZEN},
    ends=frozenset({RollState.FROZEN}),
    may_stay=frozenset({RollState.BUILT}),  # of an election that was cancelled
)


class ObjectionState(TextChoices):
    FILED = "FILED", _("waiting for an answer")
    UPHELD = "UPHELD", _("upheld")
    DISMISSED = "DISMISSED", _("dismissed")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")


_O = ObjectionState

ROLL_OBJECTION = StateTable(
    name="roll_objection",
    start=_O.FILED,
    moves={
        (_O.FILED, "uphold"): _O.UPHELD,
        (_O.FILED, "dismiss"): _O.DISMISSED,
        (_O.FILED, "withdraw"): _O.WITHDRAWN,
    },
    ends=frozenset({_O.UPHELD, _O.DISMISSED, _O.WITHDRAWN}),
)


class BoxState(TextChoices):
    READY = "READY", _("not open yet")
    OPEN = "OPEN", _("open")
    MIXING = "MIXING", _("being mixed")
    CLOSED = "CLOSED", _("closed")
    COUNTED = "COUNTED", _("counted")
    VOID = "VOID", _("not held")


_B = BoxState

BALLOT_BOX = StateTable(
    name="ballot_box",
    start=_B.READY,
    moves={
        (_B.READY, "open"): _B.OPEN,
        # All ballots are written anew in random order: the only moment at which the database lets one go.
        (_B.OPEN, "close"): _B.MIXING,
        (_B.MIXING, "mixed"): _B.CLOSED,
        (_B.CLOSED, "add_paper"): _B.MIXING,
        (_B.CLOSED, "count"): _B.COUNTED,
        (_B.READY, "void"): _B.VOID,
    },
    ends=frozenset({_B.COUNTED, _B.VOID}),
)


class ElectionState(TextChoices):
    DRAFT = "DRAFT", _("draft")
    ANNOUNCED = "ANNOUNCED", _("announced")
    NOMINATIONS = "NOMINATIONS", _("nominations")
    ROLL_FROZEN = "ROLL_FROZEN", _("candidates and roll are fixed")
    VOTING = "VOTING", _("voting")
    CLOSED = "CLOSED", _("voting is over")
    COUNTED = "COUNTED", _("counted")
    PROVISIONAL = "PROVISIONAL", _("provisional result")
    FINAL = "FINAL", _("final result")
    ANNULLED = "ANNULLED", _("annulled")
    CANCELLED = "CANCELLED", _("cancelled")


_E = ElectionState

ELECTION = StateTable(
    name="election",
    start=_E.DRAFT,
    moves={
        (_E.DRAFT, "announce"): _E.ANNOUNCED,
        (_E.ANNOUNCED, "open_nominations"): _E.NOMINATIONS,
        (_E.NOMINATIONS, "freeze"): _E.ROLL_FROZEN,
        (_E.ROLL_FROZEN, "open"): _E.VOTING,
        (_E.VOTING, "close"): _E.CLOSED,
        (_E.CLOSED, "count"): _E.COUNTED,
        (_E.COUNTED, "publish"): _E.PROVISIONAL,
        (_E.PROVISIONAL, "confirm"): _E.FINAL,
        (_E.PROVISIONAL, "annul"): _E.ANNULLED,
        (_E.DRAFT, "cancel"): _E.CANCELLED,
        (_E.ANNOUNCED, "cancel"): _E.CANCELLED,
        (_E.NOMINATIONS, "cancel"): _E.CANCELLED,
        (_E.ROLL_FROZEN, "cancel"): _E.CANCELLED,
    },
    ends=frozenset({_E.FINAL, _E.ANNULLED, _E.CANCELLED}),
)


class NominationState(TextChoices):
    PROPOSED = "PROPOSED", _("waiting for the candidate")
    ACCEPTED = "ACCEPTED", _("accepted by the candidate")
    ON_BALLOT = "ON_BALLOT", _("on the ballot")
    REJECTED = "REJECTED", _("rejected")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")


_N = NominationState

NOMINATION = StateTable(
    name="nomination",
    start=_N.PROPOSED,
    moves={
        (_N.PROPOSED, "accept"): _N.ACCEPTED,
        (_N.PROPOSED, "reject"): _N.REJECTED,
        (_N.PROPOSED, "withdraw"): _N.WITHDRAWN,
        (_N.ACCEPTED, "put_on_ballot"): _N.ON_BALLOT,
        (_N.ACCEPTED, "reject"): _N.REJECTED,
        (_N.ACCEPTED, "withdraw"): _N.WITHDRAWN,
    },
    ends=frozenset({_N.ON_BALLOT, _N.REJECTED, _N.WITHDRAWN}),
)


class MeetingState(TextChoices):
    PLANNED = "PLANNED", _("being prepared")
    INVITED = "INVITED", _("invitation sent")
    HELD = "HELD", _("held")
    CANCELLED = "CANCELLED", _("cancelled")


_M = MeetingState

MEETING = StateTable(
    name="meeting",
    start=_M.PLANNED,
    moves={
        (_M.PLANNED, "invite"): _M.INVITED,
        (_M.PLANNED, "cancel"): _M.CANCELLED,
        (_M.INVITED, "cancel"): _M.CANCELLED,
        (_M.INVITED, "hold"): _M.HELD,
    },
    ends=frozenset({_M.HELD, _M.CANCELLED}),
)


class MinutesState(TextChoices):
    DRAFT = "DRAFT", _("draft")
    PUBLISHED = "PUBLISHED", _("published, not approved yet")
    APPROVED = "APPROVED", _("approved")


MINUTES = StateTable(
    name="minutes",
    start=MinutesState.DRAFT,
    moves={
        (MinutesState.DRAFT, "publish"): MinutesState.PUBLISHED,
        (MinutesState.PUBLISHED, "approve"): MinutesState.APPROVED,
    },
    ends=frozenset({MinutesState.APPROVED}),
)


class ProposalState(TextChoices):
    PROPOSED = "PROPOSED", _("proposed")
    VOTING = "VOTING", _("being voted on")
    ADOPTED = "ADOPTED", _("adopted")
    REJECTED = "REJECTED", _("rejected")
    NO_QUORUM = "NO_QUORUM", _("not enough votes")
    CALLED = "CALLED", _("an election was called")
    EXPIRED = "EXPIRED", _("not enough support in time")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")


_P = ProposalState

PROPOSAL = StateTable(
    name="proposal",
    start=_P.PROPOSED,
    moves={
        (_P.PROPOSED, "open_vote"): _P.VOTING,
        (_P.VOTING, "adopt"): _P.ADOPTED,
        (_P.VOTING, "reject"): _P.REJECTED,
        (_P.VOTING, "miss_quorum"): _P.NO_QUORUM,
        (_P.PROPOSED, "call"): _P.CALLED,
        (_P.PROPOSED, "expire"): _P.EXPIRED,
        (_P.PROPOSED, "withdraw"): _P.WITHDRAWN,
    },
    ends=frozenset({_P.ADOPTED, _P.REJECTED, _P.NO_QUORUM, _P.CALLED, _P.EXPIRED, _P.WITHDRAWN}),
)


class AppealState(TextChoices):
    FILED = "FILED", _("filed")
    ADMITTED = "ADMITTED", _("admitted")
    HEARD = "HEARD", _("heard")
    UPHELD = "UPHELD", _("upheld")
    DISMISSED = "DISMISSED", _("dismissed")
    INADMISSIBLE = "INADMISSIBLE", _("not admitted")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")


_A = AppealState

APPEAL = StateTable(
    name="appeal",
    start=_A.FILED,
    moves={
        (_A.FILED, "admit"): _A.ADMITTED,
        (_A.FILED, "turn_away"): _A.INADMISSIBLE,
        (_A.ADMITTED, "hear"): _A.HEARD,
        (_A.HEARD, "uphold"): _A.UPHELD,
        (_A.HEARD, "dismiss"): _A.DISMISSED,
        (_A.FILED, "withdraw"): _A.WITHDRAWN,
        (_A.ADMITTED, "withdraw"): _A.WITHDRAWN,
    },
    ends=frozenset({_A.UPHELD, _A.DISMISSED, _A.INADMISSIBLE, _A.WITHDRAWN}),
)


class ValueState(TextChoices):
    DRAFT = "DRAFT", _("draft")
    PROPOSED = "PROPOSED", _("proposed")
    ADMITTED = "ADMITTED", _("on the agenda")
    CONSULTATION = "CONSULTATION", _("open for reactions")
    VOTING = "VOTING", _("being voted on")
    AWAITING_BOARD = "AWAITING_BOARD", _("waiting for the board")
    DECIDED = "DECIDED", _("decided")
    AWAITING_CONSENT = "AWAITING_CONSENT", _("waiting for the municipality")
    APPEAL = "APPEAL", _("decided, open to appeal")
    IN_FORCE = "IN_FORCE", _("in force")
    SUPERSEDED = "SUPERSEDED", _("followed by a newer value")
    REJECTED = "REJECTED", _("rejected")
    NO_QUORUM = "NO_QUORUM", _("not enough votes")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")
    ANNULLED = "ANNULLED", _("annulled")


_V = ValueState

VALUE_DECISION = StateTable(
    name="value_decision",
    start=_V.DRAFT,
    moves={
        (_V.DRAFT, "propose"): _V.PROPOSED,  # a board writes first; who fills in the form proposes at once
        (_V.PROPOSED, "admit"): _V.ADMITTED,  # enough supporters, a signal, or the board with evidence
        (_V.PROPOSED, "turn_away"): _V.REJECTED,
        (_V.PROPOSED, "expire"): _V.REJECTED,
        (_V.ADMITTED, "consult"): _V.CONSULTATION,
        (_V.ADMITTED, "expire"): _V.REJECTED,  # nobody said which amount
        (_V.CONSULTATION, "open_vote"): _V.VOTING,
        (_V.VOTING, "decide"): _V.DECIDED,
        (_V.VOTING, "ask_board"): _V.AWAITING_BOARD,
        (_V.VOTING, "reject"): _V.REJECTED,
        (_V.VOTING, "miss_quorum"): _V.NO_QUORUM,
        (_V.AWAITING_BOARD, "confirm"): _V.DECIDED,
        (_V.AWAITING_BOARD, "stay_silent"): _V.DECIDED,  # what the residents chose stands
        (_V.AWAITING_BOARD, "send_back"): _V.CONSULTATION,  # once
        (_V.AWAITING_BOARD, "reject"): _V.REJECTED,
        (_V.DECIDED, "ask_consent"): _V.AWAITING_CONSENT,
        (_V.DECIDED, "publish"): _V.APPEAL,
        (_V.AWAITING_CONSENT, "consent"): _V.APPEAL,
        (_V.AWAITING_CONSENT, "refuse_consent"): _V.REJECTED,
        (_V.AWAITING_CONSENT, "lapse"): _V.REJECTED,  # no answer
        (_V.APPEAL, "take_effect"): _V.IN_FORCE,
        (_V.APPEAL, "annul"): _V.ANNULLED,
        (_V.APPEAL, "lapse"): _V.REJECTED,  # no money came
        (_V.IN_FORCE, "supersede"): _V.SUPERSEDED,
        (_V.DRAFT, "withdraw"): _V.WITHDRAWN,
        (_V.PROPOSED, "withdraw"): _V.WITHDRAWN,
        (_V.ADMITTED, "withdraw"): _V.WITHDRAWN,
        (_V.CONSULTATION, "withdraw"): _V.WITHDRAWN,
    },
    ends=frozenset({_V.SUPERSEDED, _V.REJECTED, _V.NO_QUORUM, _V.WITHDRAWN, _V.ANNULLED}),
    may_stay=frozenset({_V.IN_FORCE}),
)
