"""Where the euros of a neighbourhood are, and by which rules its money is handled."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.validators import validate_iban

# The name of an account holder in a QR code for a payment (EPC069-12) has at most so many signs.
LONGEST_NAME = 70


class Treasury(models.Model):
    """The bank account behind the coin of a neighbourhood. Amounts are minor units."""

    neighbourhood = models.OneToOneField(
        "neighbourhoods.Neighbourhood",
        models.PROTECT,
        related_name="treasury",
        verbose_name=_("neighbourhood"),
    )
    account_name = models.CharField(
        _("name of the account"), max_length=LONGEST_NAME, help_text=_("As the bank knows it.")
    )
    iban = models.CharField(_("IBAN"), max_length=34, unique=True, validators=[validate_iban])
    bic = models.CharField(_("BIC"), max_length=11, blank=True)
    chargeback_alone = models.BigIntegerField(
        _("one person may pay back up to"),
        default=50_00,
        help_text=_("Above this a second person looks before a payment is undone."),
    )

    class Meta:
        verbose_name = _("treasury")
        verbose_name_plural = _("treasuries")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(chargeback_alone__gte=0), name="wallet_treasury_chargeback_alone"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of {self.neighbourhood_id}"
