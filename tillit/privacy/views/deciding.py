"""The requests for erasure, for those who decide on them."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.accounts.owners import owner_of
from tillit.kit.access import WRITING, open_to, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.contributions import OwnData, links_to, own_data_of
from tillit.kit.days import today
from tillit.kit.forms import form_page, posted
from tillit.kit.personal.relatives import relatives
from tillit.privacy import deciding, keys, own, sweep
from tillit.privacy.forms import DecisionForm
from tillit.privacy.models import ErasureRequest, Outcome
from tillit.privacy.rules import administers, decides_erasures, is_own, may_decide_erasure
from tillit.privacy.ties import organisations_of
from tillit.privacy.views.own import LATEST, private
from tillit.privacy.words import namesakes, words_of
from tillit.register.models import Contact

SETTLED = 50  # so many of those that are decided are shown


@open_to(decides_erasures)
def requests(request: HttpRequest) -> HttpResponse:
    """Those that wait, the first due first; and the latest that have been settled."""
    viewer = viewer_of(request)
    visible = ErasureRequest.objects.visible_to(viewer).select_related("person", "decided")
    confirmed = visible.exclude(confirmed_at=None)
    settled = confirmed.exclude(pk__in=visible.standing().values("pk"))
    context = {
        "waiting": list(visible.standing().order_by("confirmed_at")),
        "settled": settled.order_by("-confirmed_at")[:SETTLED],
        "today": today(),
        "unreadable": keys.unreadable() if administers(viewer) else 0,
    }
    return private(render(request, "privacy/requests.html", context))


@open_to(decides_erasures)
def case(request: HttpRequest, key: str) -> HttpResponse:
    """One request: who asks, what is kept and where, and what was decided."""
    viewer = viewer_of(request)
    row = fetched(viewer, key)
    decision = row.decision
    context = {
        "row": row,
        "crumbs": crumbs(),
        "today": today(),
        "parts": parts_of(row) if row.is_standing else [],
        "wanted": own.titles_of(row.parts),
        "organisations": organisations_of(row.person) if row.person else [],
        "shown_by": shown_by(row),
        "mine": may_decide_erasure(viewer, row),
        "own": is_own(viewer, row),
        "by": links_to([decision.by, decision.behalf], viewer) if decision else {},
    }
    return private(render(request, "privacy/case.html", context))


@open_to(decides_erasures)
def case_part(request: HttpRequest, key: str, part: str) -> HttpResponse:
    """The rows of one part of what is kept about the person."""
    row = fetched(viewer_of(request), key)
    found = own.named(parts_of(row), part) if row.is_standing else None
    if found is None:
        raise Http404
    here = [*crumbs(), (_("Request"), row.get_absolute_url())]
    context = {"crumbs": here, "opened": own.opened(found, LATEST), "part": found}
    return private(render(request, "privacy/part.html", context))


@open_to(decides_erasures, methods=WRITING)
def decision(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    row = fetched(viewer, key)
    if not may_decide_erasure(viewer, row):
        raise PermissionDenied
    if not row.is_standing and request.method != "POST":
        return HttpResponseRedirect(row.get_absolute_url())
    parts, mentions = parts_of(row), mentions_of(row, viewer)
    others = namesakes(row.person) if row.person else 0
    start = {"parts": row.parts, "leave": [it.id for it in mentions] if others else []}
    form = DecisionForm(posted(request), initial=start, parts=parts, mentions=mentions)
    if request.method == "POST" and form.is_valid():
        said = judgement(row, form.cleaned_data, mentions)
        deciding.decide(row, said, Actor.of(viewer), timezone.now())
        messages.success(request, _("Decided. The person is told by mail, if there is an address."))
        return HttpResponseRedirect(row.get_absolute_url())
    return private(
        form_page(
            request,
            form,
            "privacy/decide.html",
            title=_("Decide on the request"),
            submit=_("Decide"),
            cancel=row.get_absolute_url(),
            crumbs=[*crumbs(), (_("Request"), row.get_absolute_url())],
            row=row,
            wanted=own.titles_of(row.parts),
            parts=parts,
            mentions=mentions,
            namesakes=others,
        )
    )


def judgement(
    row: ErasureRequest, said: dict[str, Any], mentions: Sequence[sweep.Mention]
) -> deciding.Judgement:
    """Where others have the same name it is covered only in the texts that somebody has looked at."""
    parts = {Outcome.ERASED: row.parts, Outcome.PARTLY: said["parts"]}.get(said["outcome"], [])
    leave = frozenset(said.get("leave", ()))
    others = row.person is not None and namesakes(row.person)
    only = frozenset(it.id for it in mentions) - leave if others else None
    return deciding.Judgement(
        said["outcome"], said["ground"], said["reason"], parts, sweep.Range(leave, only)
    )


def fetched(viewer: Viewer, key: str) -> ErasureRequest:
    visible = ErasureRequest.objects.visible_to(viewer).exclude(confirmed_at=None)
    found: ErasureRequest = get_object_or_404(visible.select_related("person", "decided"), key=key)
    return found


def parts_of(row: ErasureRequest) -> list[OwnData]:
    return own_data_of(row.person.subject if row.person else "", deciding.account_of(row))


def mentions_of(row: ErasureRequest, viewer: Viewer) -> list[sweep.Mention]:
    """Where the name would be left; only when all is asked for are they seen to."""
    if row.person is None or not row.is_standing:
        return []
    words = words_of(row.person, deciding.account_of(row))
    return sweep.mentions(words, [row.person, *relatives(row.person)], viewer)


def shown_by(row: ErasureRequest) -> str:
    """How it is known that whoever asks is the person."""
    if row.account_id and row.person and row.person.account_id == row.account_id:
        return _("Signed in as the person.")
    if not row.person or not row.email:
        return _("Signed in, with an account that is nobody in the register.")
    owner = owner_of(row.email)
    known = Contact.objects.filter(person=row.person, email=row.email).exists()
    if known or (owner and owner.pk == row.person.account_id):
        return _("By a link to an address that is known here as the person's.")
    return _("By a link to an address that is not known here. Make sure that it is the person.")


def crumbs() -> list[tuple[str, str]]:
    return [(_("Requests for erasure"), reverse("privacy:requests"))]
