from tillit.enquiries.models.answer import Answer
from tillit.enquiries.models.asked import Asked, Way
from tillit.enquiries.models.correction import Correction, What
from tillit.enquiries.models.deed import Deed, DeedKind
from tillit.enquiries.models.enquiry import Enquiry, State
from tillit.enquiries.models.question import Kind, Question
from tillit.enquiries.models.sending import Round, Sending

__all__ = [
    "Answer",
    "Asked",
    "Correction",
    "Deed",
    "DeedKind",
    "Enquiry",
    "Kind",
    "Question",
    "Round",
    "Sending",
    "State",
    "Way",
    "What",
]
