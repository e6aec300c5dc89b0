"""Which mail server sends, and in whose name: the environment says, or else the row in the database."""

from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from tillit.kit.contributions import brand
from tillit.kit.demo import is_demo
from tillit.post.models import MailSettings, Trouble
from tillit.post.verdicts import Fault


@dataclass(frozen=True)
class Server:
    host: str
    port: int
    security: str
    user: str = ""
    password: str = ""


@dataclass(frozen=True)
class Sender:
    address: str
    name: str
    reply_to: str = ""


@dataclass(frozen=True)
class Post:
    """All that sending needs. `server` is None as long as nobody has said which."""

    server: Server | None
    sender: Sender


def current_post() -> Post:
    row = MailSettings.current()
    return Post(server_of(row), sender_of(row))


def server_of(row: MailSettings) -> Server | None:
    if settings.TILLIT_MAIL:
        return Server(**settings.TILLIT_MAIL)
    if not row.host:
        return None
    return Server(row.host, row.port, row.security, row.user, row.password)


def sender_of(row: MailSettings) -> Sender:
    name, address = parseaddr(settings.TILLIT_MAIL_FROM)
    return Sender(
        address or row.sender_address,
        (name if address else row.sender_name) or brand().title or "Tillit",
        row.reply_to,
    )


def bounce_token() -> str:
    """What a mail service must know to tell us of bounces; nothing as long as mail is not set."""
    row = MailSettings.objects.filter(pk=MailSettings.ONLY).first()
    return str(settings.TILLIT_BOUNCE_TOKEN or (row.bounce_token if row else ""))


def domain(sender: Sender) -> str:
    """What the names of our mails end with, in ASCII."""
    given = sender.address.rpartition("@")[2] or urlsplit(settings.TILLIT_URL).hostname
    try:
        return (given or "localhost").encode("idna").decode("ascii")
    except UnicodeError:  # no address: the sender is refused when it comes to sending
        return "localhost"


def is_set(post: Post | None = None) -> bool:
    """Whether mail can go at all: to the demo mailbox, or over a server that somebody has named."""
    if is_demo():
        return True
    post = post or current_post()
    return post.server is not None and bool(post.sender.address)


def why_waiting(post: Post | None = None) -> str:
    """What keeps all mail from being sent, in words; nothing when it can be."""
    if is_demo():
        return ""
    post = post or current_post()
    if post.server is None:
        return _("No mail server is set, so mails wait.")
    if not post.sender.address:
        return _("No sender address is set, so mails wait.")
    trouble = Trouble.current()
    return str(Fault(trouble.fault).words) if trouble else ""
