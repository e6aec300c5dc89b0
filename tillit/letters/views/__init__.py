from tillit.letters.views.choosing import choosing, chosen_file
from tillit.letters.views.letter import letter, removal
from tillit.letters.views.letter_list import copy, letter_list, new
from tillit.letters.views.preview import framed_mail, preview, trial
from tillit.letters.views.recipients import recipient, recipient_list
from tillit.letters.views.sending import sending, stop
from tillit.letters.views.text import text
from tillit.letters.views.unreached import allowed_again, unreached
from tillit.letters.views.web import web

__all__ = [
    "allowed_again",
    "choosing",
    "chosen_file",
    "copy",
    "framed_mail",
    "letter",
    "letter_list",
    "new",
    "preview",
    "recipient",
    "recipient_list",
    "removal",
    "sending",
    "stop",
    "text",
    "trial",
    "unreached",
    "web",
]
