"""Words of restoration that people choose from and read; English here, translated where they are shown."""

from __future__ import annotations

from collections.abc import Mapping

from remanu.web.words import N_

REPORT_WORDS: Mapping[str, str] = {
    "found": N_("A part is here"),
    "missing": N_("Nothing is here"),
    "not_disturbed": N_("It stays in place, not disturbed"),
}
SAID_WORDS: Mapping[str, str] = {
    "found": N_("Recorded"),
    "missing": N_("Missing"),
    "not_disturbed": N_("Not disturbed"),
    "deleted": N_("Deleted by a change"),
}
METHOD_WORDS: Mapping[str, str] = {
    "hot_wash": N_("Hot wash"),
    "high_pressure": N_("High pressure"),
    "ultrasonic": N_("Ultrasonic bath"),
    "solvent": N_("Solvent"),
    "steam": N_("Steam"),
    "blasting": N_("Blasting"),
    "dry_ice": N_("Dry ice"),
    "by_hand": N_("By hand"),
}
ORIGIN_WORDS: Mapping[str, str] = {
    "new": N_("New"),
    "reman": N_("Remanufactured"),
    "used_serviceable": N_("Used, serviceable"),
}
BUILT_WORDS: Mapping[str, str] = {
    "reused": N_("Used again"),
    "restored": N_("Restored here"),
    **ORIGIN_WORDS,
}
CAUSE_WORDS: Mapping[str, str] = {
    "assembly": N_("A mistake in assembly"),
    "machining": N_("A mistake in machining"),
    "component": N_("A component that does not do its work"),
    "rig": N_("The test rig"),
    "measurement": N_("A wrong measurement"),
    "dossier": N_("Something missing in the dossier"),
    "other": N_("Another cause"),
}
SCRAP_WORDS: Mapping[str, str] = {
    "beyond_repair": N_("It cannot be repaired"),
    "uneconomic": N_("Repair would cost too much"),
    "unsafe": N_("It would not be safe"),
    "life_ended": N_("A life limit is reached"),
    "untraceable": N_("Its history cannot be traced"),
    "other": N_("Another reason"),
}
VERDICT_WORDS: Mapping[str, tuple[str, str]] = {
    "pass": ("verified", N_("Within limits")),
    "fail": ("invalid", N_("Outside limits")),
    "not_tested": ("unknown", N_("Not tested")),
}
RUN_WORDS: Mapping[str, tuple[str, str]] = {
    "running": ("process", N_("On test")),
    "passed": ("verified", N_("Passed")),
    "failed": ("invalid", N_("Failed")),
}
ACT_WORDS: Mapping[str, str] = {
    "replace": N_("Let a part in"),
    "install": N_("Install"),
    "operate": N_("Record an operation"),
    "measure": N_("Measure"),
}
MASS_WORDS: Mapping[str, str] = {
    "core": N_("Core as it came"),
    "new_parts": N_("Parts that came in"),
    "material": N_("Material that stays"),
    "unit": N_("Finished unit"),
    "replaced_parts": N_("Parts that went out"),
    "waste": N_("Waste"),
}
