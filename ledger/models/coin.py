"""What a coin is."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Coin(models.Model):
    """A coin: of a neighbourhood, or the national currency itself (a reserve is then an ordinary account)."""

    code = models.CharField(
        _("code"),
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^[A-Z][A-Z0-9]{2,11}\Z", _("Three to twelve capitals and digits."))],
        help_text=_("Stays the same for ever, also when the coin gets another name."),
    )
    name = models.CharField(_("name"), max_length=40)
    name_plural = models.CharField(_("name, more than one"), max_length=40)
    symbol = models.CharField(_("symbol"), max_length=4, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=2)
    pegged_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="coins",
        verbose_name=_("worth one of"),
        help_text=_("The national currency, one to one. Empty for a national currency itself."),
    )
    area_bound = models.BooleanField(
        _("only within the area"),
        default=False,
        help_text=_("Whether the coin can be spent only at payees within the neighbourhood's area."),
    )

    class Meta:
        verbose_name = _("coin")
        verbose_name_plural = _("coins")
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="ledger_coin_name_once",
                violation_error_message=_("There is already a coin with this name."),
            ),
            models.CheckConstraint(condition=models.Q(decimals=2), name="ledger_coin_two_decimals"),
            models.CheckConstraint(
                condition=models.Q(pegged_to__isnull=True) | ~models.Q(pegged_to=models.F("id")),
                name="ledger_coin_not_pegged_to_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name
