from tillit.enquiries.views.answer import answer, answer_for
from tillit.enquiries.views.asked import answer_list, asked, asked_list
from tillit.enquiries.views.corrections import all_corrections, correction, corrections
from tillit.enquiries.views.enquiries import enquiry_list, new_enquiry
from tillit.enquiries.views.enquiry import enquiry, mail_preview, preview, throwing_away, words
from tillit.enquiries.views.figures import figures, summary
from tillit.enquiries.views.questions import new_question, question, question_place
from tillit.enquiries.views.turning import (
    closing,
    new_members,
    opening,
    publishing,
    reminding,
)

__all__ = [
    "all_corrections",
    "answer",
    "answer_for",
    "answer_list",
    "asked",
    "asked_list",
    "closing",
    "correction",
    "corrections",
    "enquiry",
    "enquiry_list",
    "figures",
    "mail_preview",
    "new_enquiry",
    "new_members",
    "new_question",
    "opening",
    "preview",
    "publishing",
    "question",
    "question_place",
    "reminding",
    "summary",
    "throwing_away",
    "words",
]
