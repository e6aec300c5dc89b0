"""A test mail, and what came of it, in words for who sets up the installation."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tillit.kit.demo import is_demo
from tillit.post.letters import NoAddress, letter_of
from tillit.post.line import Line
from tillit.post.models import Message, State, Trouble
from tillit.post.outbox import Addressee, Mailing, message_of, write
from tillit.post.server import Post, current_post, domain
from tillit.post.verdicts import Broken, Fate, Verdict

TEMPLATE, KIND = "post/mail/test.md", "test"
WORDS = {
    Fate.SENT: _("The mail server took the test. Look in the inbox, also among the spam."),
    Fate.LATER: _("The mail server said no for now. Try again in a few minutes."),
    Fate.REFUSED: _("The mail server refused the receiver or the mail."),
    Fate.UNCERTAIN: _("The mail server fell silent. Look in the inbox whether the test arrived."),
}


@dataclass(frozen=True)
class Tried:
    """What came of the test. `reply` is what the server itself said, in its own language."""

    went: bool
    words: str | Promise
    reply: str = ""
    fault: str = ""  # one of `verdicts.Fault`, when nothing at all can go over the server


def works() -> bool:
    """Whether the server that is set takes mail: it has taken one, and no test has failed since."""
    if is_demo():
        return True
    told = Message.objects.filter(Q(kind=KIND) | Q(state=State.SENT)).order_by("-pk")
    last = told.values_list("state", flat=True).first()
    return last == State.SENT and Trouble.current() is None


def try_mail(to: Addressee, post: Post | None = None) -> Tried:
    """Send a test at once, over the server that is set or another one that might be.

    That the one that is set takes nothing, or takes mail again, is remembered.
    """
    tried = _try_mail(to, post or current_post())
    if post is None and tried.went:
        Trouble.over()
    elif post is None and tried.fault:
        Trouble.seen(tried.fault, tried.reply, timezone.now())
    return tried


def _try_mail(to: Addressee, post: Post) -> Tried:
    if is_demo():
        write(TEMPLATE, to, kind=KIND)
        return Tried(went=True, words=_("In a demo all mail goes to the demo mailbox."))
    if post.server is None or not post.sender.address:
        return Tried(went=False, words=_("Mail server and sender address are needed for a test."))
    message = message_of(Mailing(TEMPLATE, KIND), to, {}, post.sender)
    try:
        letter = letter_of(message, post.sender)
        with Line(post.server, domain(post.sender)) as line:
            verdict = line.send(letter)
    except NoAddress as error:
        said = _("“%(address)s” is no address that mail can go to.") % {"address": error}
        return Tried(went=False, words=said)
    except Broken as broken:
        return Tried(went=False, words=broken.fault.words, reply=broken.reply, fault=broken.fault)
    keep(message, verdict)
    return Tried(verdict.fate is Fate.SENT, WORDS[verdict.fate], verdict.reply)


def keep(message: Message, verdict: Verdict) -> None:
    """A test is not tried again by itself, so what the server refused for now is refused."""
    now = timezone.now()
    message.state = State.REFUSED if verdict.fate is Fate.LATER else State(verdict.fate)
    message.settled_at = message.written_at = now
    message.sent_at = now if message.state == State.SENT else None
    message.reply_code, message.reply, message.attempts = verdict.code, verdict.reply, 1
    message.save(force_insert=True)
