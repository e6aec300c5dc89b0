"""What came of an attempt to send, as far as it is known."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Fate(StrEnum):
    SENT = "sent"
    LATER = "later"  # the server said no for now, or never got all of it
    REFUSED = "refused"
    UNCERTAIN = "uncertain"  # the server had all of it, and didn't answer


@dataclass(frozen=True)
class Verdict:
    fate: Fate
    code: int | None = None
    reply: str = ""


class Fault(StrEnum):
    """What keeps every mail from being sent, whoever it is for."""

    UNKNOWN_HOST = "unknown-host"
    NOT_ALLOWED = "not-allowed"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    NO_GREETING = "no-greeting"
    NO_TLS = "no-tls"
    BAD_CERTIFICATE = "bad-certificate"
    TLS = "tls"
    NO_LOGIN = "no-login"
    LOGIN_REFUSED = "login-refused"
    BAD_SENDER = "bad-sender"
    SENDER_REFUSED = "sender-refused"
    BUSY = "busy"
    LOST = "lost"

    @property
    def is_of_the_mail(self) -> bool:
        """Whether it may be this mail that the server stumbles over."""
        return self in {Fault.LOST, Fault.TIMEOUT}

    @property
    def words(self) -> str | Promise:
        return WORDS[self]


WORDS: dict[Fault, str | Promise] = {
    Fault.UNKNOWN_HOST: _("There is no mail server by that name. Is the name spelled right?"),
    Fault.NOT_ALLOWED: _("This installation doesn't send mail by that server."),
    Fault.UNREACHABLE: _("The mail server doesn't take calls at this port."),
    Fault.TIMEOUT: _("The mail server doesn't answer. Are the name and the port right?"),
    Fault.NO_GREETING: _("What answers there is no mail server, or takes no mail from here now."),
    Fault.NO_TLS: _("The mail server doesn't offer STARTTLS. Try TLS from the start, on port 465."),
    Fault.BAD_CERTIFICATE: _(
        "The mail server's certificate doesn't hold for its name. Is the name spelled right?"
    ),
    Fault.TLS: _("No secure connection came about. Does the port go with the kind of security?"),
    Fault.NO_LOGIN: _("The mail server takes no login here. Leave user name and password empty."),
    Fault.LOGIN_REFUSED: _("The mail server refused the user name or the password."),
    Fault.BAD_SENDER: _(
        "The sender address, or the one that replies go to, is no address of mail."
    ),
    Fault.SENDER_REFUSED: _("The mail server lets nobody send from the sender address given here."),
    Fault.BUSY: _("The mail server takes no more mail for the moment."),
    Fault.LOST: _("The mail server broke off the conversation."),
}


class Broken(Exception):  # noqa: N818 (it is the line that is broken)
    """No mail can go this way now. The reply is the server's own words."""

    def __init__(self, fault: Fault, reply: str = "") -> None:
        super().__init__(fault)
        self.fault, self.reply = fault, reply
