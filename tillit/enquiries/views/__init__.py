from tillit.enquiries.views.answer import answer, answer_for

__all__ = ["answer", "answer_for"]
