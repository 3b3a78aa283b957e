from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from neighbourhoods.validators import validate_cbs_code, validate_outline


class AreaKind(models.TextChoices):
    MUNICIPALITY = "GM", _("municipality")
    DISTRICT = "WK", _("wijk")
    QUARTER = "BU", _("buurt")


class Area(models.Model):
    """A piece of the Netherlands as Statistics Netherlands (CBS) drew it in one year: codes change over the years."""

    code = models.CharField(_("CBS code"), max_length=10, validators=[validate_cbs_code])
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1995), MaxValueValidator(2100)]
    )
    kind = models.CharField(_("kind"), max_length=2, choices=AreaKind.choices)
    name = models.CharField(_("name"), max_length=100)
    outline = models.JSONField(_("outline (GeoJSON)"), null=True, blank=True, validators=[validate_outline])

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "year"],
                name="neighbourhoods_area_once_a_year",
                violation_error_message=_("This area is already here for that year."),
            ),
            models.CheckConstraint(
                condition=models.Q(code__startswith=models.F("kind")),
                name="neighbourhoods_area_code_of_its_kind",
                violation_error_message=_("The code does not belong to this kind of area."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code}, {self.year})"
