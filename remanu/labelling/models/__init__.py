"""Tables of labelling; here all of them stand under one name."""

from remanu.labelling.models.designs import LabelDesign
from remanu.labelling.models.labels import Delivery, Label, PrintedOrigin
from remanu.labelling.models.printers import Printer, PrintJob, PrintLine

__all__ = ["Delivery", "Label", "LabelDesign", "PrintJob", "PrintLine", "PrintedOrigin", "Printer"]
