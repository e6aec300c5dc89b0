from tillit.agreements.models.adherence import Adherence
from tillit.agreements.models.adoption import Adoption
from tillit.agreements.models.agreement import Agreement
from tillit.agreements.models.commitment import Commitment
from tillit.agreements.models.definition import Definition
from tillit.agreements.models.impact_check import ImpactCheck
from tillit.agreements.models.measure import Measure
from tillit.agreements.models.measure_follow_up import MeasureFollowUp
from tillit.agreements.models.orientation import Effort, Orientation, Reprioritisation
from tillit.agreements.models.party import Party
from tillit.agreements.models.plan import FocusArea, Plan
from tillit.agreements.models.principle import Principle
from tillit.agreements.models.section import Section
from tillit.agreements.models.version import Version

__all__ = [
    "Adherence",
    "Adoption",
    "Agreement",
    "Commitment",
    "Definition",
    "Effort",
    "FocusArea",
    "ImpactCheck",
    "Measure",
    "MeasureFollowUp",
    "Orientation",
    "Party",
    "Plan",
    "Principle",
    "Reprioritisation",
    "Section",
    "Version",
]
