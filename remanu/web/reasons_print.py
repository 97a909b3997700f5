"""Why a printer, a calibration or a print job is refused or stopped, by reason word."""

from __future__ import annotations

from collections.abc import Mapping

from remanu.web.message import N_

PRINT: Mapping[str, str] = {
    "not-this-page": N_("This length is too far off: another page was measured, or in another unit"),
    "some-stand-against": N_("Some of these parts cannot have one, so none was reserved"),
    "name-taken": N_("A printer in use is called so"),
    "printer-not-allowed": N_("The settings of the installation name no such printer"),
    "printer-unreachable": N_("The printer cannot be reached"),
    "printer-retired": N_("This printer is retired"),
    "not-a-network-printer": N_("This printer takes nothing over the network"),
    "other-stock": N_("One of these labels was printed on another stock or by another drawing: draw it by itself"),
    "label-withdrawn": N_("This label was withdrawn meanwhile: destroy what was printed"),
    "label-not-reserved": N_("One of these labels is printed already or withdrawn"),
    "label-in-doubt": N_("Another print job may have printed this label: say there whether it came out"),
    "fate-unknown": N_("Of one label nobody knows whether it came out"),
    "still-sending": N_("A label is being sent at this moment: wait until it is settled"),
    "fate-known": N_("Whether this label came out is known"),
    "design-lacks": N_("Without these a label of this kind is none"),
    "design-of-release": N_("A tag speaks of no release"),
    "design-cuts": N_("A shortened number is a wrong one, so these are never cut"),
    "design-hides": N_("Only DEMO and PROOF may be shown at times"),
    "design-words": N_("A label says nothing that the record does not say; these fixed words are not known"),
    "design-not-released": N_("A tag has to say that its part is not released"),
    "design-symbols": N_("On this stock the symbol stands another number of times"),
    "design-not-draft": N_("This drawing is not waiting for approval"),
    "design-ended": N_("This drawing is not used any longer"),
    "too-many": N_("These are too many at once; choose fewer"),
    "sheet-in-browser": N_("Sheets are printed from the PDF, which knows the places on them"),
    "by-hand": N_("Somebody stopped it"),
    "not-permitted": N_("Whoever asked for it may not print labels any longer"),
}
