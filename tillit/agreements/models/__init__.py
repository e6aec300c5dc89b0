from tillit.agreements.models.adoption import Adoption
from tillit.agreements.models.adoption_withdrawal import AdoptionWithdrawal
from tillit.agreements.models.agreement import Agreement
from tillit.agreements.models.commitment import Commitment
from tillit.agreements.models.commitment_follow_up import CommitmentFollowUp
from tillit.agreements.models.definition import Definition
from tillit.agreements.models.measure import Measure
from tillit.agreements.models.measure_follow_up import MeasureFollowUp
from tillit.agreements.models.measure_status import MeasureStatus
from tillit.agreements.models.party import Party
from tillit.agreements.models.principle import Principle
from tillit.agreements.models.section import Section
from tillit.agreements.models.version import Version

__all__ = [
    "Adoption",
    "AdoptionWithdrawal",
    "Agreement",
    "Commitment",
    "CommitmentFollowUp",
    "Definition",
    "Measure",
    "MeasureFollowUp",
    "MeasureStatus",
    "Party",
    "Principle",
    "Section",
    "Version",
]
