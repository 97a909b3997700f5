"""What the words of the bench say to people; English message ids, translated where they are shown."""

from __future__ import annotations

from collections.abc import Mapping

from remanu.web.words import N_

Words = Mapping[str, str]

METHOD_WORDS: Words = {
    "FPI": N_("Fluorescent penetrant (FPI)"),
    "MPI": N_("Magnetic particle (MPI)"),
    "ET": N_("Eddy current (ET)"),
    "UT": N_("Ultrasonic (UT)"),
    "RT": N_("Radiographic (RT)"),
    "VT": N_("Visual (VT)"),
}
FOUND_WORDS: Words = {
    "none": N_("No indication"),
    "indications": N_("Indications, listed below"),
}
INDICATION_WORDS: Words = {
    "crack": N_("Crack"),
    "linear": N_("Linear"),
    "rounded": N_("Rounded"),
    "porosity": N_("Porosity"),
    "inclusion": N_("Inclusion"),
    "lack_of_fusion": N_("Lack of fusion"),
    "corrosion": N_("Corrosion"),
    "other": N_("Something else"),
}
CONDEMN_WORDS: Words = {
    "broken": N_("It is broken"),
    "melted": N_("It is melted"),
    "missing-piece": N_("A piece of it is missing"),
    "burnt": N_("It is burnt"),
    "deformed": N_("It is bent out of shape"),
}
LATE_WORDS: Words = {
    "from-paper": N_("It was written on paper first"),
    "no-network": N_("There was no network"),
    "forgotten": N_("It was forgotten"),
}
ENTRY_WORDS: Words = {
    "blind": N_("Hidden until the reading is stored"),
    "open": N_("Shown beside the entry"),
}
SECOND_WORDS: Words = {
    "none": N_("Nothing"),
    "critical": N_("Critical characteristics"),
    "all": N_("Every characteristic"),
}
QUALIFIED_WORDS: Words = {
    "role": N_("Whoever has the role"),
    "dated": N_("Whoever also has a dated qualification"),
}
RULE_OF_WORDS: Words = {
    "nobody": N_("Nobody has set this yet; this holds until somebody does."),
    "organisation": N_("This holds in the whole organisation."),
    "case": N_("This holds for this work alone."),
}
# Where each method usually leads by the instrument that a characteristic asks for.
METHOD_BY_CLASS: Words = {
    "magnetic-particle": "MPI",
    "eddy-current": "ET",
    "penetrant": "FPI",
    "ultrasonic": "UT",
}
