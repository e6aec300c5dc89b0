from tillit.agreements.views.consultation.agreeing import go_ahead
from tillit.agreements.views.consultation.answer import (
    answer_by_link,
    answer_for,
    receipt_by_link,
    receipt_for,
)
from tillit.agreements.views.consultation.asked import (
    consulted_list,
    invite,
    new_link,
    remind,
    uninvite,
)
from tillit.agreements.views.consultation.coming import come_to_answer
from tillit.agreements.views.consultation.compilation import (
    compilation,
    compilation_document,
    compilation_file,
    compilation_order,
    question_answers,
)
from tillit.agreements.views.consultation.consultation import consultation, last_day
from tillit.agreements.views.consultation.consultations import consultation_list
from tillit.agreements.views.consultation.preparing import (
    new_consultation,
    new_question,
    question,
    throwing_away,
    words,
)
from tillit.agreements.views.consultation.replies import reply, reply_list
from tillit.agreements.views.consultation.responses import respond_to_comment, respond_to_reply

__all__ = [
    "answer_by_link",
    "answer_for",
    "come_to_answer",
    "compilation",
    "compilation_document",
    "compilation_file",
    "compilation_order",
    "consultation",
    "consultation_list",
    "consulted_list",
    "go_ahead",
    "invite",
    "last_day",
    "new_consultation",
    "new_link",
    "new_question",
    "question",
    "question_answers",
    "receipt_by_link",
    "receipt_for",
    "remind",
    "reply",
    "reply_list",
    "respond_to_comment",
    "respond_to_reply",
    "throwing_away",
    "uninvite",
    "words",
]
