"""How mail leaves the installation, in whose name, and where what comes back ends up.

What the environment says is not asked. Passwords are only ever written: a field left empty keeps
the one there is, and none is shown again, sealed or told in the activity. None follows to another
server: whoever may set up mail could read it there.
"""

import ipaddress
import re
from collections.abc import Collection, Mapping
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import messages as level
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.accounts.addresses import AddressField
from tillit.accounts.models import User
from tillit.kit.changes import Actor, note
from tillit.kit.circles import Viewer
from tillit.kit.demo import is_demo
from tillit.kit.forms import Text
from tillit.kit.lines import clean as cleaned_of_controls
from tillit.kit.models import Verb
from tillit.post.hosts import is_allowed
from tillit.post.models import MailSettings, Security, Trouble
from tillit.post.models.mail_settings import new_token
from tillit.post.outbox import Addressee
from tillit.post.trial import try_mail
from tillit.post.verdicts import Fault
from tillit.register.choices import ADMINISTRATORS
from tillit.site.forms.base import Part, StepForm

SERVER = ("host", "port", "security", "user", "password")
SENDER = ("sender_address", "sender_name", "reply_to")
MAILBOX = ("imap_host", "imap_port", "imap_user", "imap_password")
SECRET = ("password", "imap_password")
# Where each password goes to: it stays there.
LOGIN = {"password": SERVER[:-1], "imap_password": MAILBOX[:-1]}
KEPT = _("One is kept. Leave this empty to keep it. Another server or user needs it anew.")
THEIRS = _("Only those who keep the installation running see this.")
HOST = re.compile(r"(?=.{1,253}\Z)[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*\Z")
WITHIN = {"localhost", "127.0.0.1", "::1"}


class HostField(forms.CharField):
    """The name or the number of a server, without anything around it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"})
        super().__init__(max_length=253, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        host = str(super().clean(value)).strip().lower()
        if host and not is_host(host):
            raise forms.ValidationError(_("Write the name of a server, such as smtp.example.org."))
        if host and not is_allowed(host):
            raise forms.ValidationError(_("This installation may not use that server for mail."))
        return host


def is_host(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return bool(HOST.match(text))
    return True


def password_field(label: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=254, required=False, strip=False, widget=widget)


def port_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=65535,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class MailForm(StepForm):
    parts = (
        Part(SENDER, _("The sender"), audience=_("Everybody who gets mail from here sees this.")),
        Part(SERVER, _("The mail server"), audience=THEIRS),
        Part(("test",), _("Try it"), audience=THEIRS),
        Part(MAILBOX, _("A mailbox for mail that did not arrive"), folded=True, audience=THEIRS),
    )

    sender_address = AddressField(
        label=_("Sender address"),
        help_text=_("One that somebody reads, in your own domain: kansli@example.org."),
    )
    sender_name = forms.CharField(
        label=_("Sender name"),
        max_length=120,
        help_text=_("What stands before the address. Letters bear their organisation's own name."),
    )
    reply_to = AddressField(
        label=_("Replies go to"),
        help_text=_("If not to the sender address."),
        required=False,
    )
    host = HostField(
        label=_("Mail server"),
        help_text=_("The name that your mail provider gives for SMTP: smtp.example.org."),
        error_messages={"required": _("Write the name of a mail server.")},
    )
    port = port_field(_("Port"))
    security = forms.ChoiceField(
        label=_("Security"), choices=Security.choices, widget=forms.RadioSelect
    )
    user = forms.CharField(
        label=_("User name"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    password = password_field(_("Password"))
    imap_host = HostField(
        label=_("Server of the mailbox (IMAP)"),
        help_text=_(
            "Mail that can't be delivered comes back there, and is read from here by itself."
        ),
        required=False,
    )
    imap_port = port_field(_("Port of the mailbox"))
    imap_user = forms.CharField(
        label=_("User name of the mailbox"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    imap_password = password_field(_("Password of the mailbox"))
    test = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.row = MailSettings.current()
        super().__init__(*args, **kwargs)
        self.own_address = own_address(self.viewer)
        words = {"address": self.own_address}
        self.fields["test"].label = _now("Send a test to %(address)s when this is saved") % words
        for name in SECRET:
            if getattr(self.row, name):
                self.fields[name].help_text = KEPT
        for name in self.not_asked():
            del self.fields[name]

    @property
    def trouble(self) -> str:
        """What keeps all mail from being sent over the server that is set, in words."""
        found = None if is_demo() else Trouble.current()
        return in_words(Fault(found.fault).words, found.reply) if found else ""

    def not_asked(self) -> Collection[str]:
        """What the environment says, and a test that nobody would get."""
        found = {*(SERVER if settings.TILLIT_MAIL else ())}
        found |= {*(MAILBOX if settings.TILLIT_BOUNCE_MAILBOX else ())}
        found |= {*(SENDER[:2] if settings.TILLIT_MAIL_FROM else ())}
        return found if self.own_address else {*found, "test"}

    @property
    def shown_parts(self) -> list[Any]:
        return [it for it in super().shown_parts if it.fields]

    def known(self) -> dict[str, Any]:
        names = (it for it in (*SENDER, *SERVER, *MAILBOX) if it not in SECRET)
        return {name: getattr(self.row, name) for name in names}

    def clean_sender_name(self) -> str:
        return " ".join(cleaned_of_controls(self.cleaned_data["sender_name"]).split())

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "host" in self.fields:
            self.check_server(said)
        if said.get("imap_host"):
            self.check_mailbox(said)
        return said

    def check_server(self, said: dict[str, Any]) -> None:
        if said.get("user"):
            self.check_password("password", _("There is a user name, so a password is needed too."))
        open_line = said.get("security") == Security.NONE
        if open_line and said.get("user") and said.get("host") not in WITHIN:
            words = _("Without security the password could be read on its way. Choose another.")
            self.add_error("security", words)

    def check_mailbox(self, said: dict[str, Any]) -> None:
        if not said.get("imap_user"):
            self.add_error("imap_user", _("The mailbox needs a user name."))
        self.check_password("imap_password", _("The mailbox needs a password."))

    def check_password(self, name: str, words: Any) -> None:
        if self.cleaned_data.get(name) or self.kept(self.row, name):
            return
        if getattr(self.row, name):
            words = _("The one that is kept is for another server or user. Write it again.")
        self.add_error(name, words)

    def kept(self, row: MailSettings, name: str) -> str:
        """The password there is, as long as it goes to the same server, and for the same user."""
        said = self.cleaned_data
        same = all(said.get(it) == getattr(row, it) for it in LOGIN[name])
        return str(getattr(row, name)) if same else ""

    def save(self, actor: Actor) -> list[Text]:
        with transaction.atomic():
            rows = MailSettings.objects.select_for_update()
            row = rows.filter(pk=MailSettings.ONLY).first() or MailSettings(pk=MailSettings.ONLY)
            changes = self.put_into(row)
            row.full_clean()
            row.save()
            if changes:
                tell(row, changes, actor)
        return []

    def put_into(self, row: MailSettings) -> dict[str, list[Any]]:
        """What differs, as it is told: that a password was changed, never what to."""
        changes: dict[str, list[Any]] = {}
        kept = {name: self.kept(row, name) for name in SECRET}
        for name in (it for it in (*SENDER, *SERVER, *MAILBOX) if it in self.fields):
            before, new = getattr(row, name), self.new_value(name, kept)
            if new != before:
                changes[name] = ["…", "…"] if name in SECRET else [before, new]
                setattr(row, name, new)
        return changes

    def new_value(self, name: str, kept: Mapping[str, str]) -> Any:
        """A password is kept when its field is empty, and goes with its user name."""
        said = self.cleaned_data
        if name not in SECRET:
            return said[name]
        user = said["user" if name == "password" else "imap_user"]
        return (said[name] or kept[name]) if user else ""

    def afterwards(self) -> list[tuple[int, str]]:
        """The test, when all is saved: a mail server may take its time."""
        if not self.cleaned_data.get("test"):
            return []
        tried = try_mail(Addressee(self.own_address))
        self.stays = not tried.went
        return [
            (level.SUCCESS if tried.went else level.WARNING, in_words(tried.words, tried.reply))
        ]


def renew_bounce_token(actor: Actor) -> None:
    """The address to which bounces are told is another from now on."""
    with transaction.atomic():
        row = MailSettings.objects.select_for_update().filter(pk=MailSettings.ONLY).first()
        if row is None:
            return
        row.bounce_token = new_token()
        row.save(update_fields=["bounce_token"])
        tell(row, {"bounce_token": ["…", "…"]}, actor)


def tell(row: MailSettings, changes: dict[str, list[Any]], actor: Actor) -> None:
    """One row of activity, for the administrators."""
    note(cast("Any", row), Verb.CHANGED, changes, actor, told_to=(ADMINISTRATORS, ""))


def in_words(words: str | Promise, reply: str) -> str:
    if not reply:
        return str(words)
    return _now("%(words)s The server said: “%(reply)s”.") % {"words": words, "reply": reply}


def own_address(viewer: Viewer) -> str:
    """Where a test goes: to whoever sets it up. Who signs in as a function alone has none."""
    users = User.objects.filter(pk=viewer.account or 0)
    return users.values_list("email", flat=True).first() or ""
