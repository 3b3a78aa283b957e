"""The state tables of the market, as data."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.states import StateTable


class OfferState(TextChoices):
    DRAFT = "DRAFT", _("draft")
    SUBMITTED = "SUBMITTED", _("waiting for the board")
    RETURNED = "RETURNED", _("sent back")
    PUBLISHED = "PUBLISHED", pgettext_lazy("an offer", "on the market")
    PAUSED = "PAUSED", pgettext_lazy("an offer", "paused")
    ENDED = "ENDED", pgettext_lazy("an offer", "ended")


_O = OfferState

OFFER = StateTable(
    name="offer",
    start=_O.DRAFT,
    moves={
        (_O.DRAFT, "submit"): _O.SUBMITTED,
        (_O.DRAFT, "publish"): _O.PUBLISHED,  # a board writes for itself
        (_O.SUBMITTED, "publish"): _O.PUBLISHED,
        (_O.SUBMITTED, "return"): _O.RETURNED,
        (_O.RETURNED, "submit"): _O.SUBMITTED,
        (_O.RETURNED, "publish"): _O.PUBLISHED,  # the board thought again
        (_O.PUBLISHED, "pause"): _O.PAUSED,
        (_O.PUBLISHED, "suspend"): _O.PAUSED,
        (_O.PAUSED, "suspend"): _O.PAUSED,  # by the board: its provider cannot resume it any more
        (_O.PAUSED, "resume"): _O.PUBLISHED,
        (_O.PUBLISHED, "end"): _O.ENDED,
        (_O.PAUSED, "end"): _O.ENDED,
        (_O.DRAFT, "withdraw"): _O.ENDED,
        (_O.SUBMITTED, "withdraw"): _O.ENDED,
        (_O.RETURNED, "withdraw"): _O.ENDED,
    },
    ends=frozenset({_O.ENDED}),
)


class ResponseState(TextChoices):
    OPEN = "OPEN", pgettext_lazy("a response", "open")
    CHOSEN = "CHOSEN", pgettext_lazy("a response", "chosen")
    DECLINED = "DECLINED", pgettext_lazy("a response", "not chosen")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("a response", "withdrawn")


_R = ResponseState

RESPONSE = StateTable(
    name="response",
    start=_R.OPEN,
    moves={
        (_R.OPEN, "choose"): _R.CHOSEN,
        (_R.OPEN, "decline"): _R.DECLINED,
        (_R.OPEN, "withdraw"): _R.WITHDRAWN,
    },
    ends=frozenset({_R.CHOSEN, _R.DECLINED, _R.WITHDRAWN}),
)


class OrderState(TextChoices):
    PLACED = "PLACED", pgettext_lazy("an order", "ordered")
    ACCEPTED = "ACCEPTED", pgettext_lazy("an order", "accepted")
    DELIVERED = "DELIVERED", pgettext_lazy("an order", "delivered")
    CONFIRMED = "CONFIRMED", pgettext_lazy("an order", "paid")
    REFUNDED = "REFUNDED", pgettext_lazy("an order", "paid back")
    DECLINED = "DECLINED", pgettext_lazy("an order", "declined")
    CANCELLED = "CANCELLED", pgettext_lazy("an order", "cancelled")
    EXPIRED = "EXPIRED", pgettext_lazy("an order", "expired")
    DISPUTED = "DISPUTED", pgettext_lazy("an order", "disagreement")
    RESOLVED = "RESOLVED", pgettext_lazy("an order", "disagreement settled")


_S = OrderState

ORDER = StateTable(
    name="order",
    start=_S.PLACED,
    moves={
        (_S.PLACED, "accept"): _S.ACCEPTED,
        (_S.PLACED, "decline"): _S.DECLINED,
        (_S.PLACED, "cancel"): _S.CANCELLED,
        (_S.PLACED, "expire"): _S.EXPIRED,
        (_S.ACCEPTED, "deliver"): _S.DELIVERED,
        (_S.ACCEPTED, "cancel"): _S.CANCELLED,
        (_S.ACCEPTED, "expire"): _S.EXPIRED,
        (_S.DELIVERED, "confirm"): _S.CONFIRMED,
        (_S.DELIVERED, "dispute"): _S.DISPUTED,
        (_S.DISPUTED, "confirm"): _S.CONFIRMED,  # the buyer is content after all
        (_S.DISPUTED, "resolve"): _S.RESOLVED,
        (_S.CONFIRMED, "refund"): _S.REFUNDED,
    },
    ends=frozenset({_S.REFUNDED, _S.DECLINED, _S.CANCELLED, _S.EXPIRED, _S.RESOLVED}),
    may_stay=frozenset({_S.CONFIRMED}),
)


class VoucherState(TextChoices):
    ISSUED = "ISSUED", pgettext_lazy("a voucher", "not used yet")
    PARTLY_USED = "PARTLY_USED", pgettext_lazy("a voucher", "partly used")
    USED = "USED", pgettext_lazy("a voucher", "used")
    EXPIRED = "EXPIRED", pgettext_lazy("a voucher", "expired")
    REFUNDED = "REFUNDED", pgettext_lazy("a voucher", "given back")
    BLOCKED = "BLOCKED", pgettext_lazy("a voucher", "blocked")


_V = VoucherState

VOUCHER = StateTable(
    name="voucher",
    start=_V.ISSUED,
    moves={
        (_V.ISSUED, "use"): _V.PARTLY_USED,
        (_V.PARTLY_USED, "use"): _V.PARTLY_USED,
        (_V.ISSUED, "use_up"): _V.USED,
        (_V.PARTLY_USED, "use_up"): _V.USED,
        (_V.ISSUED, "expire"): _V.EXPIRED,
        (_V.PARTLY_USED, "expire"): _V.EXPIRED,
        (_V.BLOCKED, "expire"): _V.EXPIRED,
        (_V.ISSUED, "refund"): _V.REFUNDED,
        (_V.PARTLY_USED, "refund"): _V.REFUNDED,
        (_V.BLOCKED, "refund"): _V.REFUNDED,  # lost, and not to be found by somebody else first
        (_V.ISSUED, "block"): _V.BLOCKED,
        (_V.PARTLY_USED, "block"): _V.BLOCKED,
        (_V.BLOCKED, "unblock"): _V.ISSUED,
        (_V.BLOCKED, "unblock_used"): _V.PARTLY_USED,
    },
    ends=frozenset({_V.USED, _V.EXPIRED, _V.REFUNDED}),
)


class AdmissionState(TextChoices):
    REQUESTED = "REQUESTED", pgettext_lazy("an organisation", "waiting for the board")
    ADMITTED = "ADMITTED", pgettext_lazy("an organisation", "admitted")
    REFUSED = "REFUSED", pgettext_lazy("an organisation", "not admitted")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("an organisation", "request withdrawn")
    EXPIRED = "EXPIRED", pgettext_lazy("an organisation", "admission ran out")
    ENDED = "ENDED", pgettext_lazy("an organisation", "admission ended")


_A = AdmissionState

ADMISSION = StateTable(
    name="admission",
    start=_A.REQUESTED,
    moves={
        (_A.REQUESTED, "admit"): _A.ADMITTED,
        (_A.REQUESTED, "refuse"): _A.REFUSED,
        (_A.REQUESTED, "withdraw"): _A.WITHDRAWN,
        (_A.ADMITTED, "expire"): _A.EXPIRED,
        (_A.ADMITTED, "end"): _A.ENDED,
    },
    ends=frozenset({_A.REFUSED, _A.WITHDRAWN, _A.EXPIRED, _A.ENDED}),
    may_stay=frozenset({_A.ADMITTED}),
)


class ReportState(TextChoices):
    OPEN = "OPEN", pgettext_lazy("a report", "waiting for the board")
    UPHELD = "UPHELD", pgettext_lazy("a report", "taken off the market")
    DISMISSED = "DISMISSED", pgettext_lazy("a report", "stays on the market")


_P = ReportState

REPORT = StateTable(
    name="offer_report",
    start=_P.OPEN,
    moves={(_P.OPEN, "uphold"): _P.UPHELD, (_P.OPEN, "dismiss"): _P.DISMISSED},
    ends=frozenset({_P.UPHELD, _P.DISMISSED}),
)


class ActivityState(TextChoices):
    DRAFT = "DRAFT", pgettext_lazy("an activity", "draft")
    SUBMITTED = "SUBMITTED", pgettext_lazy("an activity", "waiting for the board")
    RETURNED = "RETURNED", pgettext_lazy("an activity", "sent back")
    PUBLISHED = "PUBLISHED", pgettext_lazy("an activity", "open")
    PAUSED = "PAUSED", pgettext_lazy("an activity", "paused")
    FINISHED = "FINISHED", pgettext_lazy("an activity", "over, hours still to settle")
    CLOSED = "CLOSED", pgettext_lazy("an activity", "settled")
    CANCELLED = "CANCELLED", pgettext_lazy("an activity", "called off")


_Y = ActivityState

ACTIVITY = StateTable(
    name="activity",
    start=_Y.DRAFT,
    moves={
        (_Y.DRAFT, "submit"): _Y.SUBMITTED,
        (_Y.DRAFT, "publish"): _Y.PUBLISHED,  # a board posts for itself
        (_Y.SUBMITTED, "publish"): _Y.PUBLISHED,
        (_Y.SUBMITTED, "return"): _Y.RETURNED,
        (_Y.RETURNED, "submit"): _Y.SUBMITTED,
        (_Y.RETURNED, "publish"): _Y.PUBLISHED,  # the board thought again
        (_Y.PUBLISHED, "pause"): _Y.PAUSED,
        (_Y.PUBLISHED, "suspend"): _Y.PAUSED,
        (_Y.PAUSED, "suspend"): _Y.PAUSED,  # by the board: its organiser cannot resume it any more
        (_Y.PAUSED, "resume"): _Y.PUBLISHED,
        (_Y.PUBLISHED, "finish"): _Y.FINISHED,  # its last shift is over
        (_Y.PAUSED, "finish"): _Y.FINISHED,
        (_Y.FINISHED, "reopen"): _Y.PUBLISHED,  # it gets new shifts
        (_Y.FINISHED, "close"): _Y.CLOSED,  # everybody is paid, or was not there
        (_Y.PUBLISHED, "cancel"): _Y.CANCELLED,
        (_Y.PAUSED, "cancel"): _Y.CANCELLED,
        (_Y.DRAFT, "withdraw"): _Y.CANCELLED,
        (_Y.SUBMITTED, "withdraw"): _Y.CANCELLED,
        (_Y.RETURNED, "withdraw"): _Y.CANCELLED,
    },
    ends=frozenset({_Y.CLOSED, _Y.CANCELLED}),
)


class ShiftState(TextChoices):
    OPEN = "OPEN", pgettext_lazy("a shift", "goes on")
    CANCELLED = "CANCELLED", pgettext_lazy("a shift", "called off")


SHIFT = StateTable(
    name="shift",
    start=ShiftState.OPEN,
    moves={(ShiftState.OPEN, "cancel"): ShiftState.CANCELLED},
    ends=frozenset({ShiftState.CANCELLED}),
    may_stay=frozenset({ShiftState.OPEN}),
)


class ParticipationState(TextChoices):
    WAITING = "WAITING", pgettext_lazy("taking part", "on the waiting list")
    SIGNED_UP = "SIGNED_UP", pgettext_lazy("taking part", "signed up")
    CHECKED_IN = "CHECKED_IN", pgettext_lazy("taking part", "was there")
    CLAIMED = "CLAIMED", pgettext_lazy("taking part", "hours told")
    CONFIRMED = "CONFIRMED", pgettext_lazy("taking part", "hours confirmed")
    PAID = "PAID", pgettext_lazy("taking part", "paid")
    DISPUTED = "DISPUTED", pgettext_lazy("taking part", "no agreement about the hours")
    REJECTED = "REJECTED", pgettext_lazy("taking part", "no hours found")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("taking part", "does not come")
    NO_SHOW = "NO_SHOW", pgettext_lazy("taking part", "was not there")
    BLOCKED_BY_CAP = "BLOCKED_BY_CAP", pgettext_lazy("taking part", "the coins wait")
    WAIVED = "WAIVED", pgettext_lazy("taking part", "done without coins")


_T = ParticipationState

PARTICIPATION = StateTable(
    name="participation",
    start=_T.WAITING,
    moves={
        (_T.WAITING, "place"): _T.SIGNED_UP,  # at once, or when a place came free
        (_T.WAITING, "withdraw"): _T.WITHDRAWN,
        (_T.WAITING, "lapse"): _T.WITHDRAWN,  # it began, and no place had come free
        (_T.WAITING, "call_off"): _T.WITHDRAWN,  # the shift does not go on
        (_T.SIGNED_UP, "withdraw"): _T.WITHDRAWN,
        (_T.SIGNED_UP, "call_off"): _T.WITHDRAWN,
        (_T.SIGNED_UP, "check_in"): _T.CHECKED_IN,
        (_T.SIGNED_UP, "claim"): _T.CLAIMED,  # was there, and nobody scanned anything
        (_T.SIGNED_UP, "miss"): _T.NO_SHOW,
        (_T.CHECKED_IN, "claim"): _T.CLAIMED,
        (_T.CHECKED_IN, "miss"): _T.NO_SHOW,  # a code was used by who did not come
        (_T.CLAIMED, "confirm"): _T.CONFIRMED,
        (_T.CLAIMED, "reject"): _T.REJECTED,  # whoever told them asked to be forgotten
        (_T.CLAIMED, "contest"): _T.DISPUTED,  # the organiser saw other hours
        (_T.NO_SHOW, "contest"): _T.DISPUTED,  # the participant says that they were there
        (_T.DISPUTED, "confirm"): _T.CONFIRMED,
        (_T.DISPUTED, "reject"): _T.REJECTED,
        (_T.CONFIRMED, "pay"): _T.PAID,
        (_T.CONFIRMED, "block"): _T.BLOCKED_BY_CAP,
        (_T.BLOCKED_BY_CAP, "release"): _T.CONFIRMED,
        (_T.CONFIRMED, "waive"): _T.WAIVED,  # the participant lets go of coins that wait
        (_T.BLOCKED_BY_CAP, "waive"): _T.WAIVED,  # there may never be room for them
    },
    ends=frozenset({_T.PAID, _T.REJECTED, _T.WITHDRAWN, _T.WAIVED}),
    may_stay=frozenset({_T.NO_SHOW}),
)
