"""What is kept about persons who offer, ask, order and mediate on the market."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.privacy import Kept, OnErasure, keeps
from marketplace.privacy_activities import taking_part, work

MONEY = _("What was ordered and paid must stay known for seven years. Your name goes.")
TOLD = _("That somebody wrote. Your words and name go.")


def register_all() -> None:
    """Called when the app is ready."""
    keeps(
        Kept(
            model="marketplace.Offer", paths=("provider", "made_by"), what=_("What you offer and ask on the market"),
            why=_("To show it to the neighbourhood."), on_erasure=OnErasure.EMPTY,
            stays=_("That there was an offer, for the orders of others. Its words, picture and place go."),
            empty=(
                ("picture", None), ("picture_alt", ""), ("place", ""), ("latitude", None), ("longitude", None),
                ("words", ""),
            ),
            empty_by=("provider",), secret=("key", "words"),
        ),
        Kept(
            model="marketplace.OfferText", paths=("offer__provider",), what=_("The words of your offers"),
            why=_("To show them to the neighbourhood."), on_erasure=OnErasure.EMPTY, stays=TOLD,
            empty=(("title", "–"), ("summary", ""), ("about", "")),
        ),
        Kept(
            model="marketplace.OfferTerms", paths=("made_by", "offer__provider"), what=_("Terms of your offers"),
            why=_("So that an order keeps the price that it was placed for."), on_erasure=OnErasure.KEEP, stays=MONEY,
        ),
        Kept(
            model="marketplace.OpeningTime", paths=("provider",), what=_("When you are open"),
            why=_("So that people come when you are there."), on_erasure=OnErasure.DELETE,
        ),
        Kept(
            model="marketplace.Response", paths=("responder", "made_by"), what=_("Your answers to what others asked"),
            why=_("So that they can choose."), on_erasure=OnErasure.EMPTY, stays=TOLD, empty=(("text", ""),),
            empty_by=("responder",), secret=("key",),
        ),
        Kept(
            model="marketplace.Order", paths=("buyer", "seller", "placed_by"), what=_("Orders"),
            why=_("To deliver them and to pay for them."), on_erasure=OnErasure.KEEP, stays=MONEY, secret=("key",),
        ),
        Kept(
            model="marketplace.OrderMessage", paths=("author", "side"), what=_("Messages about orders"),
            why=_("So that buyer and seller can agree."), on_erasure=OnErasure.EMPTY, stays=TOLD, empty=(("text", ""),),
            empty_by=("author",), secret=("key",),
        ),
        Kept(
            model="marketplace.Dispute", paths=("opened_by", "mediator"), what=_("Disagreements about orders"),
            why=_("To settle them."), on_erasure=OnErasure.EMPTY, stays=TOLD, empty=(("text", ""),),
            empty_by=("opened_by",),
        ),
        Kept(
            model="marketplace.Reference", paths=("author", "about"), what=_("References after orders"),
            why=_("So that others know with whom they deal."), on_erasure=OnErasure.EMPTY, stays=TOLD,
            empty=(("text", ""),), secret=("key", "hidden_by"),
        ),
        Kept(
            model="marketplace.Voucher", paths=("order__buyer",), what=_("Vouchers"),
            why=_("So that you can use what you bought ahead."), on_erasure=OnErasure.KEEP, stays=MONEY,
        ),
        Kept(
            model="marketplace.VoucherUse", paths=("used_by",), what=_("Vouchers that you took for a seller"),
            why=_("To know who took them."), on_erasure=OnErasure.KEEP, stays=MONEY, secret=("key",),
        ),
        Kept(
            model="marketplace.Admission", paths=("organisation", "requested_by", "decided_by"),
            what=_("Organisations for which you asked to take part in a market, or on which you decided"),
            why=_("To know who is on the market, and who decided so."), on_erasure=OnErasure.KEEP,
            stays=_("This is about an organisation. Your name goes."), secret=("key",),
        ),
        Kept(
            model="marketplace.OfferReport", paths=("reporter", "answered_by"), what=_("Offers that you reported"),
            why=_("So that the board can look at them."), on_erasure=OnErasure.EMPTY, stays=TOLD,
            empty=(("text", ""),), empty_by=("reporter",), secret=("key",),
        ),
        Kept(
            model="marketplace.WordRule", paths=("made_by",), what=_("Words that you put on the list of a market"),
            why=_("To know who did."), on_erasure=OnErasure.KEEP, stays=_("Your name goes."),
        ),
        *taking_part(),
        *work(),
        Kept(
            model="marketplace.SavedSearch", paths=("person",), what=_("Searches that you saved"),
            why=_("To tell you what is new."), on_erasure=OnErasure.DELETE,
        ),
    )  # fmt: skip
