"""Who a letter went to, and how it went with each of them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.access import WRITING, open_to, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.exports import Column
from tillit.kit.listing import Listing
from tillit.kit.swedish import fold
from tillit.letters.choices import Outcome
from tillit.letters.mending import of_recipient
from tillit.letters.models import Letter, Recipient
from tillit.letters.outcomes import MEANS, TONES
from tillit.letters.rules import may_write_letters
from tillit.letters.views.fetching import crumbs, letter_for
from tillit.post.decisions import OPEN, let_be, send_again
from tillit.post.models import Message, State

LANGUAGES = {"sv": gettext_lazy("Swedish"), "en": gettext_lazy("English")}


class RecipientsForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("How it went"),
        choices=[("", gettext_lazy("All")), *Outcome.choices],
        required=False,
    )
    q = forms.CharField(label=gettext_lazy("Organisation"), max_length=100, required=False)


def when(row: Recipient) -> Any:
    message = row.message
    at = message.settled_at if message else None
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""


def reply(row: Recipient) -> str:
    """What the mail server said, where the mail did not simply go."""
    return row.message.reply if row.message and row.message.state != State.SENT else ""


def listing_for(letter: Letter) -> Listing:
    columns = [
        Column(
            gettext_lazy("Organisation"),
            lambda row: row.title,
            link=lambda row: reverse("letters:recipient", args=[letter.key, row.key]),
        ),
        Column(gettext_lazy("Contact person"), lambda row: row.name if row.told else ""),
        Column(gettext_lazy("E-mail"), lambda row: row.email if row.told else ""),
        Column(
            gettext_lazy("How it went"),
            lambda row: row.outcome_in_words,
            template="letters/cells/outcome.html",
        ),
        Column(gettext_lazy("When"), when),
        Column(gettext_lazy("The server said"), reply),
    ]
    more = [
        Column(gettext_lazy("Language"), lambda row: str(LANGUAGES.get(row.language, ""))),
        Column(gettext_lazy("Key"), lambda row: row.key),
    ]
    return Listing(
        gettext_lazy("Receivers"),
        f"mottagare-{letter.key}",
        columns,
        "letters/recipients.html",
        more_in_files=more,
    )


def rows_of(request: HttpRequest, letter: Letter) -> Any:
    """The recipients as the viewer may know them."""
    rows = letter.recipients.with_outcome().with_told(viewer_of(request))
    return rows.select_related("message").defer("message__text", "message__html")


@open_to(may_write_letters)
def recipient_list(request: HttpRequest, key: str, as_: str = "page") -> HttpResponseBase:
    letter = letter_for(request, key)
    rows, form = rows_of(request, letter), RecipientsForm(request.GET)
    if form.is_valid() and (outcome := form.cleaned_data["outcome"]):
        rows = rows.filter(outcome=outcome)
    if form.is_valid() and (words := form.cleaned_data["q"]):
        rows = rows.filter(folded__contains=fold(words))
    context = {"letter": letter, "crumbs": crumbs(letter)}
    return listing_for(letter).respond(request, rows, form, as_, **context)


@open_to(may_write_letters, methods=WRITING)
def recipient(request: HttpRequest, key: str, recipient: str) -> HttpResponse:
    """One receiver: what happened, what it means, and what can be done about it."""
    letter = letter_for(request, key)
    row = get_object_or_404(rows_of(request, letter), key=recipient)
    if request.method == "POST":
        return decided(request, letter, row)
    outcome = Outcome(row.outcome)
    context = {
        "letter": letter,
        "recipient": row,
        "outcome": outcome,
        "means": MEANS[outcome],
        "tone": TONES.get(outcome, "plain"),
        "when": when(row),
        "reply": reply(row),
        "mends": list(of_recipient(row, viewer_of(request))),
        "may_send_again": may_send_again(row.message),
        "may_let_be": may_let_be(row.message),
        "crumbs": [*crumbs(letter), (_("Receivers"), reverse("letters:recipients", args=[key]))],
    }
    return render(request, "letters/recipient.html", context)


def may_send_again(message: Message | None) -> bool:
    return message is not None and message.state in OPEN


def may_let_be(message: Message | None) -> bool:
    return message is not None and message.state == State.UNCERTAIN and message.decided_at is None


def decided(request: HttpRequest, letter: Letter, row: Recipient) -> HttpResponse:
    """Once more, or let be. Raises Refused when it is neither any more."""
    message = get_object_or_404(Message, pk=row.message_id)
    actor, now = Actor.of(viewer_of(request)), timezone.now()
    if request.POST.get("do") == "again":
        send_again(message, actor, now)
        messages.success(request, _("The mail is sent once more."))
    else:
        let_be(message, actor, now)
        messages.success(request, _("The mail is left as it is."))
    return redirect("letters:recipient", letter.key, row.key)
