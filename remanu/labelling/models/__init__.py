"""Tables of labelling; here all of them stand under one name."""

from remanu.labelling.models.labels import Delivery, Label, PrintedOrigin

__all__ = ["Delivery", "Label", "PrintedOrigin"]
