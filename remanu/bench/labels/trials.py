"""How often a spoiled label is still read: each condition of labels.md §11 with its floor, the same trials every time.

A simulation: exact symbol, damage, one photo, the reader. No figure here was taken from a printed label.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from random import Random

from PIL import Image

from remanu.bench.labels import camera, damage
from remanu.drawing import rescue
from remanu.drawing.symbol import Level, Symbol, by_library
from remanu.errors import BadInput
from remanu.rules import identity

TRIALS = 100
_ORIGIN = "https://id.example.test"
_PX_PER_MM = 7.0
_ACROSS = 300.0  # pixels of a symbol whose size in millimetres does not matter
Shot = Callable[[Symbol, Random], Image.Image]


@dataclass(frozen=True, slots=True)
class Condition:
    """What happens to a symbol, at which level it was printed, and the share of trials that have to be read."""

    shot: Shot
    level: Level
    floor: float
    rescued: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Trials of one condition: read rightly, and read as something else."""

    trials: int
    right: int
    wrong: int

    @property
    def rate(self) -> float:
        """Share of the trials that were read rightly."""
        return round(self.right / self.trials, 4)


def tried(
    condition: Condition, trials: int = TRIALS, encode: Callable[[str, Level], Symbol] | None = None
) -> Tally:
    """The condition with the seeds 0, 1, …; `encode` makes another symbol of the same text, as a control does."""
    right = wrong = 0
    make = encode or drawn
    for seed in range(trials):
        dice = Random(seed)  # noqa: S311 (dirt needs no secret)
        payload = address(dice)
        found = _read(condition, condition.shot(make(payload, condition.level), dice))
        right += payload in found
        wrong += any(text != payload for text in found)
    return Tally(trials, right, wrong)


def address(dice: Random) -> str:
    """The printed address of a part that does not exist, 43 characters long."""
    return identity.payload(
        _ORIGIN, identity.new_item_code(dice.getrandbits), identity.new_label_code(dice.getrandbits)
    )


def drawn(payload: str, level: Level) -> Symbol:
    """The symbol of 33 modules at this level, whatever level printing would have raised it to."""
    return by_library(payload, 4, level)


def certain(text: str) -> bool:
    """Whether the check character of one of our addresses vouches for this text."""
    try:
        identity.parse_scan(text, frozenset({"id.example.test"}))
    except BadInput:
        return False
    return True


def _read(condition: Condition, photo: Image.Image) -> tuple[str, ...]:
    return rescue.read(photo, certain) if condition.rescued else tuple(rescue.plain(photo))


def _near(symbol: Symbol, dice: Random) -> Image.Image:
    """The clean label at four pixels a module along the side that the tilt shortens."""
    pixels = 4 * symbol.size / math.cos(math.radians(30))
    return _shot(damage.printed(symbol, millimetres=pixels, scale=1), dice, tilt=30)


def _tilted(symbol: Symbol, dice: Random) -> Image.Image:
    """The clean label, tipped back or to a side; the camera is held at any angle."""
    clean = damage.printed(symbol, millimetres=_ACROSS, scale=1)
    seen = camera.photographed(clean.before_the_lens(), dice, tilt=55, about=(0, 90, 180, 270))
    return camera.blurred(seen, dice, blur=1.2, noise=8)


def _bent(symbol: Symbol, dice: Random) -> Image.Image:
    clean = damage.printed(symbol, millimetres=_ACROSS, scale=1)
    label = camera.bent(clean.before_the_lens(), degrees=50)
    square = Image.new("L", (max(label.size),) * 2, damage.PAPER)
    square.paste(label, ((square.width - label.width) // 2, 0))
    return camera.blurred(camera.photographed(square, dice, tilt=10), dice, blur=1.2, noise=8)


def _faint(symbol: Symbol, dice: Random) -> Image.Image:
    clean = damage.printed(symbol, millimetres=_ACROSS, scale=1)
    seen = camera.photographed(camera.faint(clean.before_the_lens(), contrast=0.25), dice, tilt=20)
    return camera.blurred(seen, dice, blur=0.9, noise=4)


def _blot(symbol: Symbol, dice: Random, *, share: float) -> Image.Image:
    spoiled = damage.printed(symbol, millimetres=_ACROSS, scale=1)
    damage.blot(spoiled, dice, share=share)
    return _shot(spoiled, dice, tilt=20, blur=0.9)


def _oil(symbol: Symbol, dice: Random) -> Image.Image:
    spoiled = damage.printed(symbol, millimetres=25, scale=_PX_PER_MM)
    damage.oil(spoiled, dice, millimetres=8)
    return _shot(spoiled, dice, tilt=20, blur=0.9)


def _scratched(symbol: Symbol, dice: Random) -> Image.Image:
    spoiled = damage.printed(symbol, millimetres=30, scale=_PX_PER_MM)
    damage.scratches(spoiled, dice, count=12)
    return _shot(spoiled, dice, tilt=20, blur=0.9)


def _workshop(symbol: Symbol, dice: Random) -> Image.Image:
    """Four scratches, three specks a square centimetre and four millimetres of oil, clear of the finder patterns."""
    spoiled = damage.printed(symbol, millimetres=30, scale=_PX_PER_MM)
    damage.scratches(spoiled, dice, count=4)
    damage.specks(spoiled, dice, per_cm2=3)
    damage.oil(spoiled, dice, millimetres=4)
    return _shot(spoiled, dice, tilt=20, blur=0.9)


def _shot(label: damage.Print, dice: Random, *, tilt: float, blur: float = 1.2) -> Image.Image:
    return camera.blurred(
        camera.photographed(label.before_the_lens(), dice, tilt=tilt), dice, blur=blur, noise=8
    )


CONDITIONS: Mapping[str, Condition] = {
    "phone": Condition(_near, "Q", 0.99),
    "tilt_55": Condition(_tilted, "Q", 0.98),
    "cylinder_50": Condition(_bent, "Q", 0.98),
    "contrast_25": Condition(_faint, "Q", 0.98),
    "blot_10_q": Condition(partial(_blot, share=0.10), "Q", 0.98),
    "blot_15_q": Condition(partial(_blot, share=0.15), "Q", 0.75),
    "blot_15_h": Condition(partial(_blot, share=0.15), "H", 0.95),
    "oil_8mm_on_25mm": Condition(_oil, "Q", 0.98),
    "workshop_30mm": Condition(_workshop, "Q", 0.95, rescued=True),
    "scratches_30mm": Condition(_scratched, "Q", 0.90, rescued=True),
}
