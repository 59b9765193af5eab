"""Photos made safe: decoded, turned upright, made smaller and encoded anew. Pure.

What a camera writes beside the picture (place, owner, device, preview) is left behind, and so is
anything hidden behind it: only pixels survive.
"""

import warnings
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

from portal.kit.errors import N_, Invalid, TooLarge

LONGEST_FILE = 25_000_000
LONGEST_SIDE = 2560
THUMB_SIDE = 480
MOST_PIXELS = 40_000_000
"""Of what has to be decoded whole: 120 MB in memory."""
MOST_PIXELS_JPEG = 220_000_000
"""A JPEG is decoded at a fraction of its size, so telephones' largest photos fit."""
_KINDS = ("JPEG", "PNG", "WEBP")


class PictureUnreadable(Invalid):
    code = "PICTURE_UNREADABLE"
    title = N_("This is no picture that we can read. Please use JPEG, PNG or WebP.")


class PictureTooLarge(TooLarge):
    code, title = "PICTURE_TOO_LARGE", N_("This picture is too large.")


class Picture(NamedTuple):
    full: bytes
    thumb: bytes
    width: int
    height: int


def made_safe(data: bytes) -> Picture:
    """JPEGs of the picture and its thumbnail. Raises `PictureUnreadable`, `PictureTooLarge`."""
    if len(data) > LONGEST_FILE:
        raise PictureTooLarge
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _made_safe(data)
    except (PictureUnreadable, PictureTooLarge):
        raise
    except Image.DecompressionBombError as error:
        raise PictureTooLarge from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise PictureUnreadable from error
    except Exception as error:  # a decoder may fail in any way; the upload ends in a sentence
        raise PictureUnreadable from error


def _made_safe(data: bytes) -> Picture:
    with Image.open(BytesIO(data), formats=_KINDS) as found:
        pixels = found.width * found.height
        if pixels > (MOST_PIXELS_JPEG if found.format == "JPEG" else MOST_PIXELS):
            raise PictureTooLarge
        found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        if found.width * found.height > MOST_PIXELS:
            raise PictureTooLarge
        upright = ImageOps.exif_transpose(_flat(found))
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    small = upright.copy()
    small.thumbnail((THUMB_SIDE, THUMB_SIDE), Image.Resampling.LANCZOS)
    return Picture(_jpeg(upright, 86), _jpeg(small, 80), upright.width, upright.height)


def _flat(found: Image.Image) -> Image.Image:
    """Colours without transparency: what shone through becomes white."""
    found.load()
    if "A" not in found.getbands() and "transparency" not in found.info:
        return found if found.mode == "RGB" else found.convert("RGB")
    layer = found.convert("RGBA")
    ground = Image.new("RGB", layer.size, "white")
    ground.paste(layer, mask=layer.getchannel("A"))
    return ground


def _jpeg(image: Image.Image, quality: int) -> bytes:
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    written = BytesIO()
    bare.save(written, "JPEG", quality=quality, optimize=True)
    return written.getvalue()
