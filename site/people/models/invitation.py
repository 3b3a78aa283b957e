from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.mandate import Role
from people.models.party import Party


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: datetime) -> Self:
        """Those that can still be accepted."""
        return self.filter(expires_at__gt=at)


class Invitation(models.Model):
    """An office that is offered to an e-mail address, until somebody accepts it.

    The row stands only as long as the question does: the answer, or the last day, removes it; one that was withdrawn
    goes a day after it was sent, because until then it counts. So no address of a stranger is kept, and whoever
    invites learns nothing about an address but what its owner answers.
    """

    principal = models.ForeignKey(
        Party, models.PROTECT, related_name="invitations", verbose_name=_("on behalf of")
    )
    email = models.EmailField(_("e-mail"), max_length=254)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    day_limit = models.PositiveBigIntegerField(_("limit per day"), null=True, blank=True)
    until_on = models.DateField(_("last day"), null=True, blank=True)
    invited_by = models.ForeignKey(
        Party, models.PROTECT, related_name="invitations_sent", verbose_name=_("invited by")
    )
    made_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("can be accepted until"))

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["principal", "email", "role"],
                name="people_invitation_once",
                violation_error_message=_("This invitation has been sent already."),
            ),
        ]
        indexes = [models.Index(fields=["email"], name="people_invitation_email")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.role} of {self.principal_id}"
