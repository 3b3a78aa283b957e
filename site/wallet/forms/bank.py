"""What is filled in at the bank's room of a finance desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core.form_keys import FormKeyField
from wallet.bankfiles import LARGEST_FILE, EmptyFile, FileTooLarge
from wallet.models.second_look import LONGEST_REASON

if TYPE_CHECKING:
    from collections.abc import Iterable

NOTHING_CHOSEN = _("Choose what this line is.")


class StatementForm(forms.Form):
    """A file from the bank. What is in it is judged by reading it; its name and kind say nothing."""

    file = forms.FileField(
        label=_("Bank statement"),
        help_text=_(
            "CAMT.053 or MT940, as you download it from the bank. Whole days. A day twice does no harm."
        ),
        max_length=500,
        allow_empty_file=True,
        error_messages={
            "required": _("Choose the file that you downloaded from the bank."),
            "invalid": _("Choose the file that you downloaded from the bank."),
            "max_length": _("The name of this file is too long. Give it a shorter one."),
        },
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Before anything of it is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if not file.size:
            raise ValidationError(str(EmptyFile()), code=EmptyFile.code)
        if file.size > LARGEST_FILE:
            raise ValidationError(
                str(FileTooLarge(megabytes=LARGEST_FILE // 1024**2)), code=FileTooLarge.code
            )
        return file


class MatchForm(forms.Form):
    """That a line is this: `target` is "funding-12" or "payout-3"."""

    key = FormKeyField()
    target = forms.ChoiceField(
        label=_("What is this line?"),
        widget=forms.RadioSelect,
        error_messages={"required": NOTHING_CHOSEN, "invalid_choice": NOTHING_CHOSEN},
    )
    reason = forms.CharField(
        label=_("How do you know?"),
        help_text=_("A colleague reads this before approving it."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write down how you know.")},
    )

    def __init__(self, *args: Any, targets: Iterable[tuple[str, str]] = (), **words: Any) -> None:
        super().__init__(*args, **words)
        field = self.fields["target"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = list(targets)


class IgnoreForm(forms.Form):
    """Why a line is left aside."""

    why = forms.CharField(
        label=_("Why?"),
        help_text=_("For instance: bank costs. Write no names here."),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Write down why.")},
    )
