"""Acts of labels; here all of them stand under one name."""

from remanu.labelling.actions.designs import (
    ROWS,
    approve_design,
    draft_design,
    import_design,
    retire_design,
    wish,
)
from remanu.labelling.actions.labels import (
    KINDS,
    LOCALES,
    PLACEMENTS,
    WHY,
    apply,
    check_print,
    deliver,
    destroy,
    print,  # noqa: A004 -- the act is called so, and nothing here writes to a console
    read_back,
    report_lost,
    reserve,
    revoke,
    supersede,
)
from remanu.labelling.actions.needed import reserve_many
from remanu.labelling.actions.printers import (
    DPIS,
    DRIVERS,
    add_printer,
    calibrate_printer,
    change_printer,
    retire_printer,
)
from remanu.labelling.actions.printing import (
    JOB,
    ask_print,
    came_out,
    did_not_come_out,
    resume_print,
    stop_print,
)

__all__ = [
    "DPIS",
    "DRIVERS",
    "JOB",
    "KINDS",
    "LOCALES",
    "PLACEMENTS",
    "ROWS",
    "WHY",
    "add_printer",
    "apply",
    "approve_design",
    "ask_print",
    "calibrate_printer",
    "came_out",
    "change_printer",
    "check_print",
    "deliver",
    "destroy",
    "did_not_come_out",
    "draft_design",
    "import_design",
    "print",
    "read_back",
    "report_lost",
    "reserve",
    "reserve_many",
    "resume_print",
    "retire_design",
    "retire_printer",
    "revoke",
    "stop_print",
    "supersede",
    "wish",
]
