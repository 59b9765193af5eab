"""A picture of a brake disc as a workshop's phone would take it, painted and not photographed."""

import math
import random
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

_SIZE = (1600, 1200)


def painted(seed: str, wear: float) -> bytes:
    """A JPEG; `wear` from 0 (smooth) to 1 (deep grooves and rust)."""
    chance = random.Random(seed)
    picture = Image.new("RGB", _SIZE, (34, 36, 40))
    draw = ImageDraw.Draw(picture)
    _wheel_house(draw, chance)
    middle, outer = (760, 610), 500
    _disc(draw, chance, middle, outer, wear)
    _hub(draw, middle)
    _caliper(draw, middle, outer)
    soft = picture.filter(ImageFilter.GaussianBlur(1.6))
    noise = Image.effect_noise(_SIZE, 26).convert("RGB")
    shown = Image.blend(soft, noise, 0.09)
    written = BytesIO()
    _lit(shown).save(written, "JPEG", quality=88)
    return written.getvalue()


def _wheel_house(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    for _stroke in range(160):
        shade = chance.randrange(22, 56)
        x, y = chance.randrange(_SIZE[0]), chance.randrange(_SIZE[1])
        draw.line((x, y, x + chance.randrange(-240, 240), y + 60), fill=(shade,) * 3, width=9)


def _disc(
    draw: ImageDraw.ImageDraw,
    chance: random.Random,
    middle: tuple[int, int],
    outer: int,
    wear: float,
) -> None:
    for radius in range(outer, 215, -2):
        edge = radius > outer - 16 or radius < 240
        groove = chance.random() < 0.10 + 0.30 * wear
        bright = 118 if edge else 168 + round(18 * math.sin(radius / 9)) - groove * round(60 * wear)
        rust = round(46 * wear) if edge or chance.random() < 0.08 * wear else 0
        _ring(draw, middle, radius, (min(255, bright + rust), bright, max(0, bright - rust)))


def _hub(draw: ImageDraw.ImageDraw, middle: tuple[int, int]) -> None:
    for radius in range(215, 60, -3):
        _ring(draw, middle, radius, (92 + radius // 9, 70 + radius // 10, 58 + radius // 12))
    for bolt in range(5):
        angle = bolt * math.tau / 5 + 0.3
        at = (middle[0] + round(140 * math.cos(angle)), middle[1] + round(140 * math.sin(angle)))
        _ring(draw, at, 25, (40, 36, 34))
        _ring(draw, at, 17, (18, 17, 17))
    _ring(draw, middle, 62, (58, 58, 62))


def _caliper(draw: ImageDraw.ImageDraw, middle: tuple[int, int], outer: int) -> None:
    box = (middle[0] + outer - 210, middle[1] - 260, middle[0] + outer + 150, middle[1] + 230)
    draw.rounded_rectangle(box, 70, fill=(96, 98, 104), outline=(60, 62, 66), width=10)
    inner = (box[0] + 60, box[1] + 90, box[2] - 70, box[3] - 90)
    draw.rounded_rectangle(inner, 40, fill=(74, 76, 82))


def _ring(
    draw: ImageDraw.ImageDraw, at: tuple[int, int], radius: int, color: tuple[int, int, int]
) -> None:
    draw.ellipse((at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius), fill=color)


def _lit(picture: Image.Image) -> Image.Image:
    """A lamp from the upper left."""
    light = Image.radial_gradient("L").resize((_SIZE[0] * 2, _SIZE[1] * 2))
    light = light.crop((500, 400, 500 + _SIZE[0], 400 + _SIZE[1]))
    dark = Image.new("RGB", _SIZE, (6, 7, 10))
    return Image.composite(dark, picture, light.point(lambda value: value * 0.6))
