"""One membership, for the umbrella's office and for the member: what was decided, and how it ends."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor, change, remove
from tillit.kit.circles import Viewer
from tillit.kit.citations import written_of
from tillit.kit.days import today
from tillit.kit.forms import form_page, posted, take_errors
from tillit.kit.refusal import Refused
from tillit.register.deciding import end, resign, take_back
from tillit.register.forms.membership import EndForm, NeverForm, ResignForm, TakeBackForm
from tillit.register.models import (
    Membership,
    MembershipDecision,
    Organisation,
    Resignation,
)
from tillit.register.models.membership_decision import DecisionKind
from tillit.register.rules import may_decide_membership, may_read_membership, may_resign
from tillit.register.views.membership.applications import crumbs_to_members, decided_by

ENDLESS = ("", "..")


class Pair:
    """An umbrella and a member, as the viewer may see what is between them. Raises Http404."""

    def __init__(self, viewer: Viewer, key: str, member: str) -> None:
        rows = Organisation.objects.visible_to(viewer).select_related("secretariat")
        found = {it.key: it for it in rows.filter(key__in=[key, member])}
        if len(found) != 2 or not may_read_membership(viewer, found[key], found[member]):
            raise Http404
        self.viewer, self.umbrella, self.member = viewer, found[key], found[member]
        self.memberships: list[Membership] = list(
            Membership.objects.visible_to(viewer).between(self.umbrella, self.member)
        )
        self.decisions: list[MembershipDecision] = list(
            MembershipDecision.objects.visible_to(viewer)
            .filter(umbrella=self.umbrella, member=self.member)
            .select_related("taken_back_by", "application")
        )
        if not self.memberships and not self.decisions:
            raise Http404

    @property
    def running(self) -> Membership | None:
        """The membership that no end is known of."""
        return next((it for it in self.memberships if it.end in ENDLESS), None)

    @cached_property
    def written_in(self) -> Membership | None:
        """The one that the office wrote in, which rests on no decision and no source."""
        decided = {it.membership_id for it in self.decisions}
        rows = (
            it for it in self.memberships if it.pk not in decided and not written_of(it.subject)
        )
        return next(rows, None)

    @property
    def last_standing(self) -> MembershipDecision | None:
        standing = (it for it in self.decisions if not it.is_taken_back)
        return next((it for it in standing if it.kind != DecisionKind.TAKEN_BACK), None)

    def open_resignation(self) -> Resignation | None:
        rows = Resignation.objects.visible_to(self.viewer).open()
        found: Resignation | None = rows.filter(membership=self.running).first()
        return found if self.running else None

    def url(self) -> str:
        return f"{self.crumbs()[-1][1]}{self.member.key}/"

    def crumbs(self) -> list[tuple[str, str]]:
        return crumbs_to_members(self.umbrella)

    def form_context(self, title: str) -> dict[str, Any]:
        return {
            "title": title,
            "lede": _("%(member)s in %(umbrella)s")
            % {"member": self.member.name, "umbrella": self.umbrella.name},
            "crumbs": [*self.crumbs(), (self.member.name, self.url())],
            "cancel": self.url(),
        }


@open_to(signed_in)
def membership(request: HttpRequest, key: str, member: str) -> HttpResponse:
    viewer = viewer_of(request)
    pair = Pair(viewer, key, member)
    resignation = pair.open_resignation()
    speaks = may_resign(viewer, pair.member)
    context = {
        "pair": pair,
        "umbrella": pair.umbrella,
        "member": pair.member,
        "crumbs": pair.crumbs(),
        "day": today(),
        "resignation": resignation,
        "may_decide": may_decide_membership(viewer, pair.umbrella),
        "may_resign": speaks and resignation is None,
        "may_withdraw": speaks,
    }
    return render(request, "register/membership/membership.html", context)


def running_of(pair: Pair) -> Membership:
    if pair.running is None:
        raise Refused(_("The membership has ended."), 409)
    return pair.running


@open_to(signed_in, methods=WRITING)
def ending(request: HttpRequest, key: str, member: str) -> HttpResponse:
    """The office ends the membership."""
    viewer = viewer_of(request)
    pair = Pair(viewer, key, member)
    if not may_decide_membership(viewer, pair.umbrella):
        raise PermissionDenied
    row, day, asked = running_of(pair), today(), pair.open_resignation()
    initial: dict[str, Any] = {
        "today": day,
        "decided_on": day,
        "day": asked.last_day if asked else day,
    }
    if asked:
        initial |= {"kind": DecisionKind.LEFT, "reason": asked.reason}
    form = EndForm(posted(request), initial=initial)
    if form.is_valid() and ended(row, form, Actor.of(viewer)):
        messages.success(request, _("The end has been noted, and the member told by mail."))
        return redirect(pair.url())
    context = pair.form_context(_("End the membership"))
    return form_page(request, form, submit=_("End it"), danger=True, **context)


@open_to(signed_in, methods=WRITING)
def removal(request: HttpRequest, key: str, member: str) -> HttpResponse:
    """The office takes away what it wrote in by mistake: it was never so."""
    viewer = viewer_of(request)
    pair = Pair(viewer, key, member)
    if not may_decide_membership(viewer, pair.umbrella):
        raise PermissionDenied
    if pair.written_in is None:
        raise Refused(_("The membership rests on a decision or a source. End it instead."), 409)
    form = NeverForm(posted(request))
    if form.is_valid() and removed(pair.written_in, form, Actor.of(viewer)):
        messages.success(request, _("The membership has been taken away."))
        return redirect("register:members", key=key)
    context = pair.form_context(_("It was never a member"))
    return form_page(request, form, submit=_("Take it away"), danger=True, **context)


def removed(row: Membership, form: NeverForm, actor: Actor) -> bool:
    try:
        remove(row, actor, form.cleaned_data["reason"])
    except ValidationError as error:
        take_errors(form, error)
        return False
    return True


def ended(row: Membership, form: EndForm, actor: Actor) -> bool:
    said = form.cleaned_data
    kind = DecisionKind(said["kind"])
    try:
        end(row, kind, said["day"], decided_by(said), actor, timezone.now())
    except ValidationError as error:
        take_errors(form, error)
        return False
    return True


@open_to(signed_in, methods=WRITING)
def resignation(request: HttpRequest, key: str, member: str) -> HttpResponse:
    """The member says that it leaves, or that it stays after all."""
    viewer = viewer_of(request)
    pair = Pair(viewer, key, member)
    if not may_resign(viewer, pair.member):
        raise PermissionDenied
    row, asked = running_of(pair), pair.open_resignation()
    if request.POST.get("do") == "withdraw" and asked:
        change(asked, {"withdrawn_at": timezone.now()}, Actor.of(viewer))
        messages.success(request, _("You stay. The notice of leaving has been withdrawn."))
        return redirect(pair.url())
    form = ResignForm(posted(request), initial={"last_day": today()})
    if form.is_valid() and resigned(row, form, Actor.of(viewer)):
        messages.success(request, _("The umbrella's office sees now that you leave."))
        return redirect(pair.url())
    context = pair.form_context(_("Leave the umbrella"))
    return form_page(request, form, submit=_("Say that we leave"), danger=True, **context)


def resigned(row: Membership, form: ResignForm, actor: Actor) -> bool:
    said = form.cleaned_data
    try:
        resign(row, said["last_day"], said["reason"], actor, timezone.now())
    except ValidationError as error:
        take_errors(form, error)
        return False
    return True


@open_to(signed_in, methods=WRITING)
def taking_back(request: HttpRequest, key: str, decision: str) -> HttpResponse:
    """The office takes the last decision back."""
    viewer = viewer_of(request)
    rows = MembershipDecision.objects.visible_to(viewer).select_related(
        "umbrella__secretariat", "member", "application"
    )
    it = get_object_or_404(rows, umbrella__key=key, key=decision)
    if not may_decide_membership(viewer, it.umbrella):
        raise PermissionDenied
    form = TakeBackForm(posted(request), initial={"today": today(), "decided_on": today()})
    if form.is_valid():
        take_back(it, decided_by(form.cleaned_data), Actor.of(viewer), timezone.now())
        messages.success(request, _("The decision no longer stands."))
        return redirect(after(it))
    words = {"decision": it.get_kind_display(), "name": it.member or it.application}
    context = {
        "title": _("Take the decision back"),
        "lede": _("%(name)s: %(decision)s") % words,
        "crumbs": crumbs_to_members(it.umbrella),
        "cancel": it.get_absolute_url(),
    }
    return form_page(request, form, submit=_("Take it back"), danger=True, **context)


def after(it: MembershipDecision) -> str:
    """The page that shows what became of it."""
    return (it.application or it).get_absolute_url()
