from tillit.register.views.membership.addition import addition
from tillit.register.views.membership.admissions import admissions
from tillit.register.views.membership.applications import (
    application,
    application_list,
    decision,
    supplement,
)
from tillit.register.views.membership.apply import application_form, application_sent
from tillit.register.views.membership.membership import (
    ending,
    membership,
    removal,
    resignation,
    taking_back,
)
from tillit.register.views.membership.own import own_application

__all__ = [
    "addition",
    "admissions",
    "application",
    "application_form",
    "application_list",
    "application_sent",
    "decision",
    "ending",
    "membership",
    "own_application",
    "removal",
    "resignation",
    "supplement",
    "taking_back",
]
