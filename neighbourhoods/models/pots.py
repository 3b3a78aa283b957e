from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from neighbourhoods.models.valued import Category, ValuedItem


class PotRule(models.Model):
    """What money with a purpose may pay for. Each row allows one thing: an organiser, a category or an item.

    A pot with rules about organisers pays through those alone; one with rules about categories or items, for those
    alone. A pot without rules of a sort is free in that.
    """

    pot = models.ForeignKey("ledger.Account", models.PROTECT, related_name="+", verbose_name=_("pot"))
    organiser = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organiser")
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    item = models.ForeignKey(
        ValuedItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("valued item")
    )
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("rule of a pot")
        verbose_name_plural = _("rules of pots")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organiser__isnull=False, category__isnull=True, item__isnull=True)
                | models.Q(organiser__isnull=True, category__isnull=False, item__isnull=True)
                | models.Q(organiser__isnull=True, category__isnull=True, item__isnull=False),
                name="neighbourhoods_pot_rule_allows_one_thing",
            ),
            models.UniqueConstraint(fields=["pot", "organiser"], name="neighbourhoods_pot_organiser_once"),
            models.UniqueConstraint(fields=["pot", "category"], name="neighbourhoods_pot_category_once"),
            models.UniqueConstraint(fields=["pot", "item"], name="neighbourhoods_pot_item_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of {self.pot_id}"
