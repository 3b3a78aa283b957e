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
