"""Acts of restoration; here all of them stand under one name."""

from remanu.restoration.actions.assembly import install, reassemble
from remanu.restoration.actions.changes import approve_change, propose_change, withdraw_change
from remanu.restoration.actions.ends import Wanted, cannibalise, scrap
from remanu.restoration.actions.proposals import decide_proposal
from remanu.restoration.actions.repair import finish_restoration, operate, start_restoration
from remanu.restoration.actions.replacing import replace
from remanu.restoration.actions.teardown import clean, disassemble, open_work_order, record_component
from remanu.restoration.actions.trial import (
    Shown,
    fail_test,
    pass_test,
    resume,
    resume_to_assembly,
    start_test,
)

__all__ = [
    "Shown",
    "Wanted",
    "approve_change",
    "cannibalise",
    "clean",
    "decide_proposal",
    "disassemble",
    "fail_test",
    "finish_restoration",
    "install",
    "open_work_order",
    "operate",
    "pass_test",
    "propose_change",
    "reassemble",
    "record_component",
    "replace",
    "resume",
    "resume_to_assembly",
    "scrap",
    "start_restoration",
    "start_test",
    "withdraw_change",
]
