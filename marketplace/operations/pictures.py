"""Pictures that people send in with an offer: judged by what is in the file, and written anew before they are kept.

A camera writes into a photo where and when it was made, and with which telephone. None of that is kept: what is
stored is a new picture of the same dots.
"""

from __future__ import annotations

import struct
import zlib
from datetime import datetime
from io import BytesIO
from typing import IO
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from content.models import Picture
from core.actor import Actor
from core.refusals import Refusal
from neighbourhoods.models import Neighbourhood

MEGABYTE = 1024 * 1024
LARGEST_FILE = 8 * MEGABYTE
MOST_DOTS = (
    40_000_000  # as many as Wagtail takes (WAGTAILIMAGES_MAX_IMAGE_PIXELS): a small file can unfold to more
)
LONGEST_SIDE = 1600
QUALITY = 85
KINDS = ("JPEG", "PNG", "WEBP", "GIF")

# What Pillow raises on files that are cut off, nonsense, or made to harm.
UNREADABLE = (
    OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, EOFError, ArithmeticError, MemoryError,
    struct.error, zlib.error,
)  # fmt: skip


class NoPicture(Refusal):
    """What was sent is no picture, whatever its name says, or not of a kind that is taken here."""

    code = "no_picture"
    sentence = _("We cannot read this as a picture. Choose a photo: a JPEG, PNG or WebP file.")
    field = "picture"


class PictureTooLarge(Refusal):
    """The file is too large, or unfolds to too many dots."""

    code = "picture_too_large"
    sentence = _("This picture is too large. Choose one of at most %(megabytes)s MB.")
    field = "picture"

    def __init__(self) -> None:
        super().__init__(megabytes=LARGEST_FILE // MEGABYTE)


def written_anew(file: IO[bytes]) -> bytes:
    """A JPEG of the same picture: upright, at most 1600 dots wide or high, and without anything beside its dots.

    :raises NoPicture: when the file holds none. :raises PictureTooLarge: when it holds too much of one.
    """
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise PictureTooLarge
    try:
        with Image.open(BytesIO(content), formats=KINDS) as opened:
            if opened.width * opened.height > MOST_DOTS:  # only its head was read until here
                raise PictureTooLarge
            return _as_jpeg(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise PictureTooLarge from bomb
    except UNREADABLE as unreadable:
        raise NoPicture from unreadable


def keep_picture(
    *, content: bytes, title: str, neighbourhood: Neighbourhood, actor: Actor, at: datetime
) -> Picture:
    """This will keep a picture in the collection of a neighbourhood, where its board finds it.

    `content` is what `written_anew` made. The file's name says nothing of who sent it. When the surrounding
    transaction comes to nothing, the caller takes the file away (`forget_file`).
    """
    with transaction.atomic():
        picture = Picture(
            title=title[:255],
            file=ContentFile(content, name=f"{uuid4().hex}.jpg"),
            uploaded_by_user=actor.user,
            created_at=at,
        )
        if neighbourhood.collection is not None:
            picture.collection = neighbourhood.collection
        picture._set_image_file_metadata()
        picture.save()
    return picture


def forget_file(picture: Picture) -> None:
    """This will take away the file of a picture whose row never came to be. A file knows of no transaction."""
    picture.file.storage.delete(picture.file.name)


def _as_jpeg(opened: Image.Image) -> bytes:
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large photo is not unfolded to more than is needed
    picture = ImageOps.exif_transpose(opened)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    with_alpha = picture.convert("RGBA")
    # A new sheet: everything that a file can carry beside its dots hangs on the old one. What can be seen through
    # shows white, as on paper.
    sheet = Image.new("RGB", picture.size, "white")
    sheet.paste(with_alpha, mask=with_alpha.getchannel("A"))
    out = BytesIO()
    sheet.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()
