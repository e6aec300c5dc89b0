from tillit.agreements.models.adherence import Adherence
from tillit.agreements.models.adoption import Adoption
from tillit.agreements.models.adoption_withdrawal import AdoptionWithdrawal
from tillit.agreements.models.agreement import Agreement
from tillit.agreements.models.aim import Aim
from tillit.agreements.models.comment import Comment
from tillit.agreements.models.commitment import Commitment
from tillit.agreements.models.commitment_follow_up import CommitmentFollowUp
from tillit.agreements.models.consultation import Consultation
from tillit.agreements.models.consultation_deed import ConsultationDeed
from tillit.agreements.models.consultation_question import ConsultationQuestion
from tillit.agreements.models.consulted import Consulted
from tillit.agreements.models.definition import Definition
from tillit.agreements.models.go_ahead import GoAhead
from tillit.agreements.models.impact_check import ImpactCheck
from tillit.agreements.models.measure import Measure
from tillit.agreements.models.measure_follow_up import MeasureFollowUp
from tillit.agreements.models.measure_status import MeasureStatus
from tillit.agreements.models.orientation import Effort, Orientation, Reprioritisation
from tillit.agreements.models.party import Party
from tillit.agreements.models.plan import FocusArea, Plan
from tillit.agreements.models.principle import Principle
from tillit.agreements.models.question_answer import QuestionAnswer
from tillit.agreements.models.reply import Reply
from tillit.agreements.models.response import Response
from tillit.agreements.models.section import Section
from tillit.agreements.models.version import Version

__all__ = [
    "Adherence",
    "Adoption",
    "AdoptionWithdrawal",
    "Agreement",
    "Aim",
    "Comment",
    "Commitment",
    "CommitmentFollowUp",
    "Consultation",
    "ConsultationDeed",
    "ConsultationQuestion",
    "Consulted",
    "Definition",
    "Effort",
    "FocusArea",
    "GoAhead",
    "ImpactCheck",
    "Measure",
    "MeasureFollowUp",
    "MeasureStatus",
    "Orientation",
    "Party",
    "Plan",
    "Principle",
    "QuestionAnswer",
    "Reply",
    "Reprioritisation",
    "Response",
    "Section",
    "Version",
]
