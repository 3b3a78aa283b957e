from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase
from wagtail.models import TranslatableMixin

from neighbourhoods.models.neighbourhood import Neighbourhood


class Category(models.Model):
    """A branch of the tree of all that can be worth something, the same in every neighbourhood.

    `cpa` is the code of the European classification of products by activity (CPA 2.1, Regulation (EU) No 1209/2014)
    that it falls under, so that figures can be laid beside those of others. Two levels.
    """

    slug = models.SlugField(_("slug"), max_length=40, unique=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    cpa = models.CharField(_("CPA code"), max_length=12)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position"]

    def __str__(self) -> str:
        return f"#{self.pk} {self.slug}"


class CategoryText(TranslatableMixin, models.Model):
    """What a category is called in one language."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="texts", verbose_name=_("category"))
    name = models.CharField(_("name"), max_length=80)

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("name of a category")
        verbose_name_plural = _("names of categories")
        constraints = [
            models.UniqueConstraint(
                fields=["category", "locale"], name="neighbourhoods_category_named_once_a_language"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ItemKind(models.TextChoices):
    ACTIVITY = "ACTIVITY", _("activity")  # residents earn it
    GOOD = "GOOD", _("product")  # residents pay it, as the next two
    SERVICE = "SERVICE", _("service")
    FEE = "FEE", _("municipal fee")


class Unit(models.TextChoices):
    HOUR = "HOUR", _("hour")
    PIECE = "PIECE", _("piece")
    TURN = "TURN", _("turn")


class TaggedItem(ItemBase):
    """A tag of a valued item."""

    content_object = models.ForeignKey("neighbourhoods.ValuedItem", models.CASCADE, related_name="tagged")
    tag = models.ForeignKey("taggit.Tag", models.CASCADE, related_name="neighbourhoods_items")

    class Meta:
        verbose_name = _("tag of a valued item")
        verbose_name_plural = _("tags of valued items")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="neighbourhoods_item_tagged_once")
        ]


class ValuedItem(models.Model):
    """An activity, good, service or fee of one neighbourhood that can have a value, per hour, piece or turn.

    One row in all languages: its words are in `ItemText`. What it is worth is told by its `ValueVersion`s. Kind and
    unit never change, the database refuses it: a value per hour is none per piece.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="valued_items", verbose_name=_("neighbourhood")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ItemKind.choices)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit.choices)
    category = models.ForeignKey(Category, models.PROTECT, related_name="items", verbose_name=_("category"))
    made_at = models.DateTimeField(_("made at"))

    tags = TaggableManager(through=TaggedItem, blank=True, verbose_name=_("tags"))

    class Meta:
        verbose_name = _("valued item")
        verbose_name_plural = _("valued items")

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} per {self.unit}"

    @property
    def is_earned(self) -> bool:
        """Whether residents receive its value, from a pot; else they pay it."""
        return self.kind == ItemKind.ACTIVITY


class ItemText(TranslatableMixin, models.Model):
    """What a valued item is called in one language, and what belongs to it."""

    item = models.ForeignKey(ValuedItem, models.CASCADE, related_name="texts", verbose_name=_("valued item"))
    name = models.CharField(_("name"), max_length=80)
    about = models.CharField(_("what belongs to it"), max_length=300, blank=True)

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("words of a valued item")
        verbose_name_plural = _("words of valued items")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "locale"], name="neighbourhoods_item_named_once_a_language"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Indication(models.Model):
    """What an organisation thinks that something is worth, in minor units. It decides nothing.

    Never changed: an organisation that thinks otherwise later adds another, and its last one counts.
    """

    item = models.ForeignKey(
        ValuedItem, models.PROTECT, related_name="indications", verbose_name=_("valued item")
    )
    organisation = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="indications", verbose_name=_("organisation")
    )
    amount = models.BigIntegerField(_("amount"))
    grounds = models.CharField(_("why"), max_length=500)
    language = models.CharField(_("language"), max_length=10)
    made_by = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="indications_made", verbose_name=_("entered by")
    )
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("indication")
        verbose_name_plural = _("indications")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="neighbourhoods_indicates_something"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.amount} for {self.item_id}"


class ValueGuideline(models.Model):
    """Between which amounts the municipality wants values of a category, per unit, in minor units of a coin.

    A row is never changed: a change is a new version, and one without amounts takes the guideline away.
    """

    municipality = models.ForeignKey(
        "people.Party", models.PROTECT, related_name="guidelines", verbose_name=_("municipality")
    )
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="guidelines", verbose_name=_("category")
    )
    unit = models.CharField(_("unit"), max_length=10, choices=Unit.choices)
    version = models.PositiveIntegerField(_("version"))
    low = models.BigIntegerField(_("from"), null=True, blank=True)
    high = models.BigIntegerField(_("to"), null=True, blank=True)
    note = models.CharField(_("why"), max_length=500, blank=True)
    from_on = models.DateField(_("holds from"))
    made_by = models.ForeignKey(
        "people.Party", models.PROTECT, null=True, related_name="guidelines_made", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("guideline for values")
        verbose_name_plural = _("guidelines for values")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "category", "unit", "version"],
                name="neighbourhoods_guideline_version_once",
                violation_error_message=_(
                    "Somebody else changed this guideline at the same moment. Try again."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(low__isnull=True, high__isnull=True)
                | models.Q(low__isnull=False, high__isnull=False, low__gte=0, high__gte=models.F("low")),
                name="neighbourhoods_guideline_from_low_to_high",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.low} to {self.high} per {self.unit}"
