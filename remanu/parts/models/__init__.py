"""Tables of parts; here all of them stand under one name."""

from remanu.parts.models.cases import Case, ComponentRoute, Hold
from remanu.parts.models.counters import CounterReading
from remanu.parts.models.identifiers import CompanyPrefix, ItemIdentifier
from remanu.parts.models.installations import Installation, InstallationReading, InstalledNow
from remanu.parts.models.items import Code, Item, Life, Mark, PublicState, SearchWord
from remanu.parts.models.links import Notice, RecordLink
from remanu.parts.models.lives import PartControl, TraceRow

__all__ = [
    "Case",
    "Code",
    "CompanyPrefix",
    "ComponentRoute",
    "CounterReading",
    "Hold",
    "Installation",
    "InstallationReading",
    "InstalledNow",
    "Item",
    "ItemIdentifier",
    "Life",
    "Mark",
    "Notice",
    "PartControl",
    "PublicState",
    "RecordLink",
    "SearchWord",
    "TraceRow",
]
