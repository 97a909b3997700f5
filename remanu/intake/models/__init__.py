"""Tables of intake, under one name."""

from remanu.intake.models.arrival import ConditionReading, CoreDecision, Custody, Identification, Quarantine
from remanu.intake.models.desk import (
    BasketRow,
    BlankTag,
    CoreAccount,
    CorePurchase,
    CoreSettlement,
    CriteriaSet,
)
from remanu.intake.models.judgement import CoreAppeal, CoreDefect, CoreGrade, GradeAnswer, GradeDefect
from remanu.intake.models.places import WorkPlace
from remanu.intake.models.site import SiteWork

__all__ = [
    "BasketRow",
    "BlankTag",
    "ConditionReading",
    "CoreAccount",
    "CoreAppeal",
    "CoreDecision",
    "CoreDefect",
    "CoreGrade",
    "CorePurchase",
    "CoreSettlement",
    "CriteriaSet",
    "Custody",
    "GradeAnswer",
    "GradeDefect",
    "Identification",
    "Quarantine",
    "SiteWork",
    "WorkPlace",
]
