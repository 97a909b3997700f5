"""A film of a printed label for a camera that is none: our own print, moving, turning, a little blurred."""

from __future__ import annotations

import io
import math

from PIL import Image, ImageFilter, ImageOps

WIDTH, HEIGHT, FRAMES = 1280, 720, 24


def film(paper: Image.Image) -> bytes:
    """Frames of the label on a bench as Motion JPEG, which Chromium plays over and over in place of a camera."""
    label = _cut(paper.convert("L"))
    label = label.resize((760, round(760 * label.height / label.width)), Image.Resampling.LANCZOS)
    return b"".join(_jpeg(_frame(label, turn=n / FRAMES)) for n in range(FRAMES))


def _cut(paper: Image.Image) -> Image.Image:
    """The label out of its sheet, with a little of what is white around it."""
    left, top, right, bottom = ImageOps.invert(paper).getbbox()
    return ImageOps.expand(paper.crop((left, top, right, bottom)), 24, fill=255)


def _frame(label: Image.Image, *, turn: float) -> Image.Image:
    bench = Image.new("L", (WIDTH, HEIGHT), 96)
    swing = math.sin(2 * math.pi * turn)
    moved = label.rotate(6 * swing, expand=True, fillcolor=96, resample=Image.Resampling.BICUBIC)
    bench.paste(moved, (round((WIDTH - moved.width) / 2 + 60 * swing), round((HEIGHT - moved.height) / 2 + 20 * swing)))
    return bench.filter(ImageFilter.GaussianBlur(0.9))


def _jpeg(frame: Image.Image) -> bytes:
    out = io.BytesIO()
    frame.convert("RGB").save(out, "JPEG", quality=88)
    return out.getvalue()
