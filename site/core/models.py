"""The audit trail: who did what, when, for whom. Rows are added and never changed; the database sees to that."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One thing that happened. It holds numbers and codes only, so that it can stay when a person is erased."""

    at = models.DateTimeField(_("moment"))
    event = models.CharField(_("event"), max_length=80)
    subject_model = models.CharField(_("what"), max_length=80)
    subject_id = models.CharField(_("which"), max_length=40)
    before = models.CharField(_("state before"), max_length=30, blank=True)
    after = models.CharField(_("state after"), max_length=30, blank=True)
    # Not a foreign key: a login goes when its person is erased, the line stays.
    login_id = models.BigIntegerField(_("login"), null=True)
    acted_by = models.ForeignKey(
        settings.LEDGER_HOLDER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("acting person"),
    )
    acted_for = models.ForeignKey(
        settings.LEDGER_HOLDER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("on behalf of"),
    )

    class Meta:
        verbose_name = _("audit line")
        verbose_name_plural = _("audit lines")
        indexes = [models.Index(fields=["subject_model", "subject_id"], name="core_audit_subject")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.event} {self.subject_model} {self.subject_id}"


class AuditAbout(models.Model):
    """Whose data an audit line is about: these parties may read it."""

    entry = models.ForeignKey(AuditEntry, models.PROTECT, related_name="about")
    party = models.ForeignKey(settings.LEDGER_HOLDER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "party"], name="core_auditabout_once")]
        indexes = [models.Index(fields=["party", "-entry"], name="core_auditabout_party")]

    def __str__(self) -> str:
        return f"#{self.pk} line {self.entry_id} about {self.party_id}"


class AuditNote(models.Model):
    """The reason that was given, in words. Kept apart, because words may name people: this row can be erased."""

    entry = models.OneToOneField(AuditEntry, models.PROTECT, related_name="note")
    text = models.TextField(_("reason"))

    def __str__(self) -> str:
        return f"#{self.pk} note at line {self.entry_id}"


class Leaf(models.Model):
    """One leaf of a sealed log: what was sealed at this place, as the hash of a salt and of its record.

    A model of leaves adds a one-to-one key to what it seals, without a check by the database: the sealer must put no
    mark on rows that others write. Only the salt may go, when a person is erased: the hash then tells nobody anything.
    """

    position = models.BigIntegerField(_("place"), primary_key=True)
    hash = models.BinaryField(_("hash"), max_length=32)
    salt = models.BinaryField(_("salt"), max_length=16, null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"leaf {self.pk}"


class AuditLeaf(Leaf):
    """A line of the audit trail in the log "audit"."""

    entry = models.OneToOneField(
        AuditEntry, models.PROTECT, db_constraint=False, related_name="leaf", verbose_name=_("audit line")
    )

    class Meta:
        verbose_name = _("sealed audit line")
        verbose_name_plural = _("sealed audit lines")


class SealedNode(models.Model):
    """The root over 256 to the power of `level` leaves: one hash in a tile of that level. It never changes again."""

    log = models.CharField(_("log"), max_length=10)
    level = models.PositiveSmallIntegerField(_("level"))
    number = models.BigIntegerField(_("number"))
    hash = models.BinaryField(_("hash"), max_length=32)

    class Meta:
        verbose_name = _("node of a sealed log")
        verbose_name_plural = _("nodes of sealed logs")
        constraints = [
            models.UniqueConstraint(fields=["log", "level", "number"], name="core_sealednode_once")
        ]

    def __str__(self) -> str:
        return f"{self.log} {self.level}/{self.number}"


class Checkpoint(models.Model):
    """What a log was at a moment: its size, its root, and the signed note that says so (c2sp.org/tlog-checkpoint)."""

    log = models.CharField(_("log"), max_length=10)
    size = models.BigIntegerField(_("size"))
    root = models.BinaryField(_("root"), max_length=32)
    note = models.TextField(_("signed note"))
    made_at = models.DateTimeField(_("moment"))

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        constraints = [models.UniqueConstraint(fields=["log", "size"], name="core_checkpoint_once")]

    def __str__(self) -> str:
        return f"{self.log} {self.size}"
