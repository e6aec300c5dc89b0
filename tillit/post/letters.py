"""A message as the bytes that go over the line: addresses in ASCII where they can be."""

import re
from dataclasses import dataclass
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8, Policy
from email.utils import format_datetime

from django.utils import timezone

from tillit.kit.lines import clean
from tillit.post.models import Message
from tillit.post.opting_out import opt_out_url
from tillit.post.server import Sender
from tillit.post.verdicts import Broken, Fault

ADDRESS = re.compile(r"([^\s@\"(),:;<>\[\\\]\x00-\x1f\x7f]{1,64})@([^\s@]{1,253})\Z")


class Unfolded(UnstructuredHeader, BaseHeader):
    """One line however long: a folded web address becomes an encoded word, which means nothing."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


HEADERS = HeaderRegistry()
HEADERS.map_to_type("List-Unsubscribe", Unfolded)
# Text in ASCII, as every mail server takes it; only addresses may need more.
PLAIN = SMTP.clone(cte_type="7bit", header_factory=HEADERS)
WITH_UTF8 = SMTPUTF8.clone(cte_type="7bit", header_factory=HEADERS)


# Postmark puts its own Message-ID on a mail; this it tells again when the mail comes back.
POSTMARK = "X-PM-Metadata-message"


class NoAddress(ValueError):  # noqa: N818
    """What stands there is no address that mail can go to."""


@dataclass(frozen=True)
class Mailbox:
    """An address as the mail server gets it."""

    local: str
    domain: str

    @classmethod
    def read(cls, email: str) -> "Mailbox":
        found = ADDRESS.match(email)
        if found is None:
            raise NoAddress(email)
        try:
            return cls(found[1], found[2].encode("idna").decode("ascii"))
        except UnicodeError:
            raise NoAddress(email) from None

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}"

    @property
    def is_ascii(self) -> bool:
        return self.local.isascii()

    def named(self, name: str) -> Address:
        return Address(clean(name), self.local, self.domain)


@dataclass(frozen=True)
class Letter:
    """One message on its way: from, to, and the bytes."""

    sender: Mailbox
    receiver: Mailbox
    content: bytes

    @property
    def needs_utf8(self) -> bool:
        return not (self.sender.is_ascii and self.receiver.is_ascii)


def mailboxes_of(sender: Sender) -> tuple[Mailbox, Mailbox | None]:
    """From whom, and where replies go. Raises Broken: what is wrong there is no mail's fault."""
    try:
        reply_to = Mailbox.read(sender.reply_to) if sender.reply_to else None
        return Mailbox.read(sender.address), reply_to
    except NoAddress:
        raise Broken(Fault.BAD_SENDER) from None


def letter_of(message: Message, sender: Sender) -> Letter:
    """Raises Broken when the sender has no address, NoAddress when the receiver has none."""
    from_, reply_to = mailboxes_of(sender)
    to = Mailbox.read(message.to_email)
    reply_to = Mailbox.read(message.reply_to) if message.reply_to else reply_to
    utf8 = not (from_.is_ascii and to.is_ascii)
    mail = EmailMessage(policy=WITH_UTF8 if utf8 else PLAIN)
    mail["From"] = from_.named(message.sender_name or sender.name)
    mail["To"] = to.named(message.to_name)
    mail["Subject"] = message.subject_line
    mail["Date"] = format_datetime(timezone.localtime())
    mail["Message-ID"] = message.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail[POSTMARK] = message.key
    if reply_to:
        mail["Reply-To"] = reply_to.named("")
    if message.topic:
        mail["List-Unsubscribe"] = f"<{opt_out_url(message.key, message.language)}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    mail["Content-Language"] = message.language  # after the content, which takes such lines away
    return Letter(from_, to, mail.as_bytes())
