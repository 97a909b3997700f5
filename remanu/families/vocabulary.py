"""The closed lists of family packs, names in three languages, and where numbers come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tag = Literal["V", "P", "M", "I"]
Criticality = Literal["none", "key", "critical", "safety"]
Kind = Literal[
    "dimension",
    "form",
    "ndt",
    "roughness",
    "hardness",
    "electrical",
    "leak",
    "balance",
    "coating",
    "chemical",
    "count",
    "visual",
]
Direction = Literal["two_sided", "smaller_better", "larger_better"]
Aggregation = Literal["each", "mean", "max", "range"]
Outcome = Literal["full", "damaged", "none"]
ClaimClass = Literal["REUSED", "REPAIRED", "RECONDITIONED", "OVERHAULED", "REBUILT", "REMANUFACTURED"]
Depth = Literal["none", "affected", "modules", "parts"]
Mode = Literal["workshop", "on-site"]
LifePolicy = Literal["none", "fraction-sum", "first-reached", "summed"]
LifeWord = Literal["not-limited", "not-authorised"]
Placement = Literal["part", "packing", "document"]
LabelField = Literal[
    "class-word",
    "remanufacturer",
    "part-number",
    "model",
    "serial",
    "life",
    "date",
    "standard",
    "core-source",
    "certificate-number",
    "mass",
    "rating",
]


@dataclass(frozen=True, slots=True)
class Names:
    """One name in the three languages of the interface."""

    en: str
    zh_hans: str
    zh_hant: str

    def text(self, locale: str) -> str:
        """The name in `en`, `zh-Hans` or `zh-Hant`; KeyError for any other locale."""
        return {"en": self.en, "zh-Hans": self.zh_hans, "zh-Hant": self.zh_hant}[locale]


@dataclass(frozen=True, slots=True)
class Source:
    """Where numbers come from, and how far they may be trusted (evidence tags of domain.md)."""

    code: str
    tag: Tag
    text: str

    @property
    def demonstration(self) -> bool:
        """True for everything that was not verified: it is shown as demonstration data, never as fact."""
        return self.tag != "V"
