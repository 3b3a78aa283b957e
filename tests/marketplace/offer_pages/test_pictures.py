"""Pictures that people send in: what is in the file counts, and nothing but its dots is kept."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import ExifTags, Image, PngImagePlugin

from marketplace.operations.pictures import (
    LARGEST_FILE,
    LONGEST_SIDE,
    NoPicture,
    PictureTooLarge,
    forget_file,
    keep_picture,
    written_anew,
)
from tests.factories.market import AT, Market
from tests.factories.people import actor
from tests.marketplace.offer_pages.scene import photo

RED, BLUE = (254, 0, 0), (0, 0, 254)


def anew(content: bytes) -> Image.Image:
    made = Image.open(BytesIO(written_anew(BytesIO(content))))
    made.load()
    return made


def near(one: object, other: tuple[int, int, int]) -> bool:
    """JPEG keeps no colour exactly."""
    assert isinstance(one, tuple)
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_each_kind_of_picture_becomes_a_jpeg_of_the_same_dots(kind: str) -> None:
    made = anew(photo(kind=kind))

    assert (made.format, made.size, made.mode) == ("JPEG", (40, 30), "RGB")
    assert near(made.getpixel((5, 15)), RED)
    assert near(made.getpixel((35, 15)), BLUE)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"this is no picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7 %\xe2\xe3",
        b"\xff\xd8\xff\xe0" + b"nonsense" * 50,
        photo(size=(800, 600))[:400],
        photo(size=(800, 600))[:-900],
        photo(kind="PNG")[:60],
        photo(kind="BMP"),
        photo(kind="TIFF"),
    ],
    ids=[
        "nothing",
        "text",
        "svg",
        "pdf",
        "only the first signs",
        "cut off",
        "cut off late",
        "half",
        "bmp",
        "tiff",
    ],
)
def test_what_is_no_picture_of_these_kinds_is_refused(content: bytes) -> None:
    with pytest.raises(NoPicture, match="cannot read this"):
        written_anew(BytesIO(content))


def test_a_picture_with_a_page_hidden_behind_it_keeps_nothing_of_the_page() -> None:
    content = photo() + b"<html><script>alert(1)</script></html>"

    assert b"script" not in written_anew(BytesIO(content))


def test_a_file_that_is_too_large_is_refused_before_it_is_read_through() -> None:
    file = BytesIO(photo() + b"\0" * LARGEST_FILE)

    with pytest.raises(PictureTooLarge) as refused:
        written_anew(file)

    assert "8 MB" in str(refused.value)
    assert file.tell() == LARGEST_FILE + 1


@pytest.mark.parametrize("side", [7000, 12_000, 60_000], ids=["large", "larger", "a bomb"])
def test_a_small_file_that_unfolds_to_too_many_dots_is_refused_by_its_head_alone(side: int) -> None:
    with pytest.raises(PictureTooLarge):
        written_anew(BytesIO(_png_of(side)))


def test_a_large_photo_is_made_smaller_and_a_small_one_is_not_made_larger() -> None:
    wide, high = anew(photo(size=(3200, 800))), anew(photo(size=(600, 2400), kind="PNG"))

    assert wide.size == (LONGEST_SIDE, 400)
    assert high.size == (400, LONGEST_SIDE)


def test_a_photo_made_with_the_telephone_on_its_side_stands_upright() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # a quarter turn clockwise

    made = anew(photo(exif=exif))

    assert made.size == (30, 40)
    assert near(made.getpixel((15, 5)), RED)
    assert near(made.getpixel((15, 35)), BLUE)


def test_where_and_when_and_with_what_a_photo_was_made_is_gone() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Fairphone"
    exif[ExifTags.Base.DateTime] = "2026:11:20 10:00:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 46.0, 1.0)
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Fairphone")
    sent = [
        photo(exif=exif, comment=b"Fairphone"),
        photo(exif=exif, xmp=b"<x>Fairphone</x>", icc_profile=b"Fairphone" * 20),
        photo(kind="PNG", exif=exif, pnginfo=words),
        photo(kind="WEBP", exif=exif, xmp=b"<x>Fairphone</x>"),
    ]
    assert all(b"Fairphone" in content for content in sent)

    for content in sent:
        kept = written_anew(BytesIO(content))

        assert b"Fairphone" not in kept
        assert b"2026" not in kept
        made = Image.open(BytesIO(kept))
        assert dict(made.getexif()) == {}
        assert set(made.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }


def test_what_can_be_seen_through_shows_white_as_on_paper() -> None:
    image = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    out = BytesIO()
    image.save(out, "PNG")

    assert near(anew(out.getvalue()).getpixel((20, 15)), (255, 255, 255))


def test_a_picture_in_colours_for_print_is_shown_on_a_screen_too() -> None:
    out = BytesIO()
    Image.new("CMYK", (40, 30), (0, 255, 255, 0)).save(out, "JPEG")

    assert anew(out.getvalue()).mode == "RGB"


def test_it_is_kept_in_the_collection_of_the_neighbourhood_under_a_name_that_says_nothing(
    there: Market,
) -> None:
    content = written_anew(BytesIO(photo()))

    kept = keep_picture(
        content=content, title="Kinderfiets", neighbourhood=there.neighbourhood, actor=actor(there.ann_login), at=AT
    )  # fmt: skip

    kept.refresh_from_db()
    assert (kept.title, kept.width, kept.height, kept.file_size) == ("Kinderfiets", 40, 30, len(content))
    assert kept.uploaded_by_user == there.ann_login
    assert kept.file_hash
    assert "Kinderfiets" not in kept.file.name
    with default_storage.open(kept.file.name) as file:
        assert file.read() == content
    forget_file(kept)
    assert not default_storage.exists(kept.file.name)


def _png_of(side: int) -> bytes:
    """A PNG that says it is this wide and high, with hardly anything in it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )
