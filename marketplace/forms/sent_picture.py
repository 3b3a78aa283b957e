"""A picture that is sent along with a form: judged by what is in the file, asked again when something else is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.refusals import Refusal
from marketplace.forms.offer_fields import TOO_LONG
from marketplace.operations.pictures import written_anew

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


class SentPicture(forms.Form):
    """The picture, what is in it, and taking away the one that is there."""

    picture = forms.FileField(
        label=_("Picture"),
        help_text=_(
            "A photo of your own: JPEG, PNG or WebP, at most 8 MB. Where and when it was made is taken out of it."
        ),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
    )
    picture_alt = forms.CharField(
        label=_("What is in the picture?"),
        help_text=_("For people who cannot see it. For example: a red child's bicycle."),
        max_length=200,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )
    removes_picture = forms.BooleanField(label=_("Take the picture away"), required=False)

    def clean_picture(self) -> bytes | None:
        """The picture written anew, judged by what is in the file and not by its name."""
        sent: UploadedFile[Any] | None = self.cleaned_data.get("picture")
        if not sent:
            return None
        try:
            return written_anew(sent)
        except Refusal as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound:
            self.say_lost_picture()

    def say_lost_picture(self) -> None:
        """A browser does not send a picture again by itself: who chose one is told so with all that is not right."""
        if self.errors and self.files.get("picture") and "picture" not in self.errors:
            self.add_error(
                "picture", _("Choose your picture again. It is not kept when something is not right.")
            )
