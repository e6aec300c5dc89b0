"""The HTML of a mail inside a page of ours: in a frame that may do nothing, with its own styles.

Mail has its styles on its elements, which our own pages refuse. So the mail is an answer of its own,
which loads and runs nothing, and stands in a frame of a page that says it has one.
"""

from collections.abc import Callable
from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp, csp_update
from django.http import HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin

View = Callable[..., Any]


ALONE = {
    "default-src": [NONE],
    "style-src": ["'unsafe-inline'"],
    "img-src": [SELF],  # the logo
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
}
# What a click in the mail may do: lead the whole window on.
LEADS_ON = "allow-top-navigation-by-user-activation"


def mail_in_frame(view: View, *allowed: str) -> View:
    """For the view that answers with `framed`; `allowed` is what its sandbox lets through."""
    policy = {**ALONE, "sandbox": [" ".join(allowed)]}
    answered: View = csp(policy)(xframe_options_sameorigin(view))
    return answered


def has_frame(view: View) -> View:
    """For the view whose page shows the frame."""
    answered: View = csp_update({"frame-src": [SELF]})(view)
    return answered


def framed(html: str) -> HttpResponse:
    response = HttpResponse(html)
    response["Referrer-Policy"] = "no-referrer"
    return response
