from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from neighbourhoods.models.area import Area
from neighbourhoods.validators import validate_colour, validate_slug_is_free


class Landmark(models.TextChoices):
    MILL = "mill", _("mill")
    BRIDGE = "bridge", _("bridge")
    TOWER = "tower", _("water tower")


class Neighbourhood(models.Model):
    """A wijk or village with a coin of its own. This row decides; its pages show it."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("slug"), max_length=60, unique=True, validators=[validate_slug_is_free])
    party = models.OneToOneField("people.Party", models.PROTECT, related_name="neighbourhood")
    municipality = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="neighbourhoods", verbose_name=_("municipality")
    )
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, verbose_name=_("area"))
    coin = models.OneToOneField("ledger.Coin", models.PROTECT, related_name="+", verbose_name=_("coin"))

    # How it looks: two chosen colours, everything else is computed from them.
    colour = models.CharField(_("colour"), max_length=7, default="#1b1a17", validators=[validate_colour])
    accent = models.CharField(_("accent"), max_length=7, default="#cdc3af", validators=[validate_colour])
    landmark = models.CharField(_("landmark"), max_length=10, choices=Landmark.choices, default=Landmark.MILL)
    logo = models.ForeignKey(
        "content.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    help_phone = models.CharField(_("phone for help"), max_length=20, blank=True)
    meeting_place = models.CharField(_("where people meet"), max_length=120, blank=True)

    # Made by the founding steps, and found again by them.
    editors = models.OneToOneField(
        "auth.Group", models.SET_NULL, null=True, editable=False, related_name="neighbourhood"
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection", models.SET_NULL, null=True, editable=False, related_name="neighbourhood"
    )
    workflow = models.OneToOneField(
        "wagtailcore.Workflow", models.SET_NULL, null=True, editable=False, related_name="neighbourhood"
    )
    founded_at = models.DateTimeField(_("founded at"))

    class Meta:
        verbose_name = _("neighbourhood")
        verbose_name_plural = _("neighbourhoods")

    def __str__(self) -> str:
        return self.name
