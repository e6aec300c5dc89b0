"""How mail leaves and comes back: the guide's form, and what others have to set up for it."""

from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, open_to, viewer_of
from tillit.kit.changes import Actor
from tillit.post.models import MailSettings
from tillit.post.server import Post, bounce_token, current_post
from tillit.register.rules import administers
from tillit.site.forms.mail import MailForm, renew_bounce_token
from tillit.site.steps import step_named
from tillit.site.views.guide import form_of, private, save, status_of

STEP = "epost"


@open_to(administers, methods=WRITING)
def mail_settings(request: HttpRequest) -> HttpResponseBase:
    step, home = step_named(STEP), reverse("site:settings")
    form = form_of(request, step)
    if request.method == "POST" and form.is_valid() and save(request, step, form):
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("site:mail-settings"))
    context = {
        "form": form,
        "step": step,
        "crumbs": [(_("Settings"), home)],
        "domain": domain(cast("MailForm", form).row, current_post()),
        "bounces": bounces(),
    }
    return private(render(request, "site/settings/mail.html", context, status=status_of(form)))


@open_to(administers, methods=("POST",))
def new_bounce_token(request: HttpRequest) -> HttpResponse:
    """Another address for bounces: the old one has become known to somebody."""
    renew_bounce_token(Actor.of(viewer_of(request)))
    messages.success(request, _("The address for bounces is a new one. Give it to the service."))
    return HttpResponseRedirect(reverse("site:mail-settings"))


@dataclass(frozen=True)
class Bounces:
    """Where a mail service calls to tell what came back."""

    url: str
    may_be_new: bool


def bounces() -> Bounces | None:
    """None as long as mail is not set up."""
    token = bounce_token()
    if not token:
        return None
    url = settings.TILLIT_URL + reverse("post:bounces", args=[token])
    return Bounces(url, may_be_new=not settings.TILLIT_BOUNCE_TOKEN)


def domain(row: MailSettings, post: Post) -> str:
    """The part of the sender address that others look up."""
    return post.sender.address.rpartition("@")[2] or row.sender_address.rpartition("@")[2]
