"""What an office does with a draft: begins it, writes, chooses receivers, throws it away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit import changes
from tillit.kit.changes import Actor, new_key
from tillit.kit.circles import Viewer
from tillit.kit.refusal import Refused
from tillit.letters.choice import Choice
from tillit.letters.constituency import Constituency
from tillit.letters.models import Letter
from tillit.register.models import Mandate
from tillit.register.standing import chosen_mandate, person_of

WRITTEN = (
    "kind",
    "required_reason",
    "subject_line",
    "text",
    "subject_line_en",
    "text_en",
    "reply_to",
)


def begin(viewer: Viewer, now: datetime, like: Letter | None = None) -> Letter:
    """A new draft for the chosen mandate, empty or with the words of another letter."""
    mandate: Mandate | None = chosen_mandate(viewer)
    if mandate is None:
        raise Refused(_("You don't have that mandate today. Choose one of your own."), 403)
    said = {name: getattr(like, name) for name in WRITTEN} if like else {}
    group = Constituency(mandate, viewer, timezone.localdate(now)).usual_group
    draft = Letter(
        key=new_key(),
        organisation=mandate.organisation,
        secretariat=mandate.secretariat,
        writer=person_of(viewer),
        choice=like.choice if like else Choice(group=group).kept(),
        touched_at=now,
        **said,
    )
    if like and like.is_on_web:
        draft.make_link()
    return changes.create(draft, Actor.of(viewer))


def locked_draft(letter: Letter) -> Letter:
    """The draft, which nobody else can change or send until the transaction ends. Raises Refused."""
    draft: Letter | None = Letter.objects.select_for_update().filter(pk=letter.pk).first()
    if draft is None:
        raise Refused(_("It is no longer there."), 404)
    if not draft.is_draft:
        raise Refused(_("The letter is being sent, so nothing in it can be changed any more."), 409)
    return draft


def write(letter: Letter, new: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """Give the draft other words. `on_web` says whether it has a link for the browser."""
    with transaction.atomic():
        draft = locked_draft(letter)
        said = {name: new[name] for name in WRITTEN if name in new}
        if new.get("on_web", draft.is_on_web) != draft.is_on_web:
            draft.cut_link() if draft.is_on_web else draft.make_link()
            said |= {"token_seed": draft.token_seed, "token_hash": draft.token_hash}
        changes.change(draft, {**said, "touched_at": now}, actor)


def choose(letter: Letter, choice: Choice, actor: Actor, now: datetime) -> None:
    with transaction.atomic():
        draft = locked_draft(letter)
        changes.change(draft, {"choice": choice.kept(), "touched_at": now}, actor)


def throw_away(letter: Letter, actor: Actor) -> None:
    with transaction.atomic():
        changes.remove(locked_draft(letter), actor)
