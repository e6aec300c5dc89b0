"""What is done with records. The contexts above use these: `freeze`, `ask_signatures`, `is_complete`."""

from tillit.records.actions.entering import edit, enter, freeze, show_to, upload_of
from tillit.records.actions.signing import add_copy, ask_signatures, is_complete, sign, take_back
from tillit.records.actions.steps import take_step, weed

__all__ = [
    "add_copy",
    "ask_signatures",
    "edit",
    "enter",
    "freeze",
    "is_complete",
    "show_to",
    "sign",
    "take_back",
    "take_step",
    "upload_of",
    "weed",
]
