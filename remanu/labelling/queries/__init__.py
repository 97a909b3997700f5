"""Reading labels: rows, what they say, and the guards that they answer; here all questions stand under one name."""

from remanu.labelling.queries.rows import (
    ASKED,
    PAGE,
    Row,
    deliveries,
    facts,
    find_by_code,
    find_label,
    holder,
    kind_for,
    labels_in,
    labels_of,
    lost_origins,
    printed_origins,
    standing,
)
from remanu.labelling.queries.text import (
    Stock,
    drawn,
    is_demonstration,
    stock_of,
    stocks,
    words_of,
)

__all__ = [
    "ASKED",
    "PAGE",
    "Row",
    "Stock",
    "deliveries",
    "drawn",
    "facts",
    "find_by_code",
    "find_label",
    "holder",
    "is_demonstration",
    "kind_for",
    "labels_in",
    "labels_of",
    "lost_origins",
    "printed_origins",
    "standing",
    "stock_of",
    "stocks",
    "words_of",
]
