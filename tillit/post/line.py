"""One conversation with the mail server, step by step, so that it is known how far each mail came.

smtplib's own `sendmail` tells a refusal from success, not whether a server that fell silent has the
mail; here the last line of a mail is sent by itself, and what happens before it is certain.
"""

import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from django.conf import settings

from tillit.post.hosts import NotAllowed, call
from tillit.post.letters import Letter
from tillit.post.models import Security
from tillit.post.server import Server
from tillit.post.verdicts import Broken, Fate, Fault, Verdict

LONGEST_REPLY = 300
OVER_SIZE = 552
FULL_STOP_FIRST = re.compile(rb"(?m)^\.")
Reply = tuple[int, bytes]


class Plain(smtplib.SMTP):
    """Calls only whom it may."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return call(host, port, timeout)


class OverTls(smtplib.SMTP_SSL, Plain):  # its socket is Plain's, made secure
    pass


class Line:
    """Opened once for many mails; closed by the end of its `with`."""

    def __init__(self, server: Server, own_name: str) -> None:
        self.server, self.own_name = server, own_name
        self.smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        if self.smtp is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self.smtp.quit()
        self.close()

    def close(self) -> None:
        if self.smtp is not None:
            self.smtp.close()
            self.smtp = None

    def open(self) -> smtplib.SMTP:
        """The conversation, begun if need be. Raises Broken."""
        if self.smtp is None:
            with broken_when_it_fails(), self._closed_when_it_fails():
                self.smtp = self._called()
                self._secure(self.smtp)
                self._log_in(self.smtp)
        return self.smtp

    @contextmanager
    def _closed_when_it_fails(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.close()
            raise

    def _called(self) -> smtplib.SMTP:
        it, name, timeout = self.server, self.own_name, settings.TILLIT_MAIL_TIMEOUT
        smtp: smtplib.SMTP
        if it.security == Security.TLS:
            context = ssl.create_default_context()
            smtp = OverTls(it.host, it.port, local_hostname=name, timeout=timeout, context=context)
        else:
            smtp = Plain(it.host, it.port, name, timeout)
        if smtp.sock is not None:
            # The last line of each mail goes by itself and must not wait for company.
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return smtp

    def _secure(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo_or_helo_if_needed()
        if self.server.security == Security.STARTTLS:
            if not smtp.has_extn("starttls"):
                raise Broken(Fault.NO_TLS)
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo_or_helo_if_needed()

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        if not self.server.user:
            return
        if not smtp.has_extn("auth"):
            raise Broken(Fault.NO_LOGIN)
        smtp.login(self.server.user, self.server.password)

    def send(self, letter: Letter) -> Verdict:
        """What came of it. Raises Broken when it is not the mail's fault, and the mail is as before."""
        smtp = self.open()
        if letter.needs_utf8 and not smtp.has_extn("smtputf8"):
            return Verdict(Fate.REFUSED, None, "SMTPUTF8")
        try:
            refused = self._announced(smtp, letter) or self._told(smtp, letter)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Broken(fault_of(error)) from error
        return refused or self._handed_over(smtp)

    def _announced(self, smtp: smtplib.SMTP, letter: Letter) -> Verdict | None:
        """From whom and to whom; the server's no, if it says one."""
        options = ["SMTPUTF8", "BODY=8BITMIME"] if letter.needs_utf8 else []
        if smtp.has_extn("size"):
            options.append(f"SIZE={len(letter.content)}")
        reply = smtp.mail(str(letter.sender), options)
        if reply[0] not in {250, OVER_SIZE}:
            self.close()
            raise Broken(Fault.SENDER_REFUSED if reply[0] // 100 == 5 else Fault.BUSY, said(reply))
        return self._no(reply) or self._no(smtp.rcpt(str(letter.receiver)))

    def _told(self, smtp: smtplib.SMTP, letter: Letter) -> Verdict | None:
        """The mail itself, all but its last line."""
        if refused := self._no(smtp.docmd("DATA"), go_on=3):
            return refused
        dotted = FULL_STOP_FIRST.sub(b"..", letter.content)
        smtp.send(dotted if dotted.endswith(b"\r\n") else dotted + b"\r\n")
        return None

    def _handed_over(self, smtp: smtplib.SMTP) -> Verdict:
        """The last line. From here on only the server knows, until it says yes or no."""
        try:
            smtp.send(b".\r\n")
            reply = smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            return Verdict(Fate.UNCERTAIN, None, type(error).__name__)
        if reply[0] // 100 not in {2, 4, 5}:
            self.close()
            return Verdict(Fate.UNCERTAIN, None, said(reply) or "?")
        return self._no(reply) or Verdict(Fate.SENT, reply[0], said(reply))

    def _no(self, reply: Reply, *, go_on: int = 2) -> Verdict | None:
        """The verdict unless the server says to go on; then the conversation begins anew."""
        code = reply[0]
        if code // 100 == go_on:
            return None
        self._begin_again(code)
        fate = Fate.REFUSED if code // 100 == 5 else Fate.LATER
        return Verdict(fate, code if code > 0 else None, said(reply))

    def _begin_again(self, code: int) -> None:
        try:
            if code == 421 or self.smtp is None or self.smtp.rset()[0] != 250:
                self.close()
        except (smtplib.SMTPException, OSError):
            self.close()


def said(reply: Reply) -> str:
    text = reply[1].decode("utf-8", "replace") if isinstance(reply[1], bytes) else str(reply[1])
    return " ".join(text.split())[:LONGEST_REPLY]


@contextmanager
def broken_when_it_fails() -> Iterator[None]:
    try:
        yield
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        reply = getattr(error, "smtp_error", b"")
        code = getattr(error, "smtp_code", 0)
        raise Broken(fault_of(error), said((code, reply))) from error


def fault_of(error: Exception) -> Fault:
    if isinstance(error.__context__, TimeoutError):  # smtplib covers it
        return Fault.TIMEOUT
    kinds: list[tuple[type[Exception], Fault]] = [
        (ssl.SSLCertVerificationError, Fault.BAD_CERTIFICATE),
        (ssl.SSLError, Fault.TLS),
        (TimeoutError, Fault.TIMEOUT),
        (NotAllowed, Fault.NOT_ALLOWED),
        (socket.gaierror, Fault.UNKNOWN_HOST),
        (UnicodeError, Fault.UNKNOWN_HOST),
        (smtplib.SMTPAuthenticationError, Fault.LOGIN_REFUSED),
        (smtplib.SMTPNotSupportedError, Fault.NO_LOGIN),
        (smtplib.SMTPServerDisconnected, Fault.LOST),
        (smtplib.SMTPException, Fault.NO_GREETING),
        (ConnectionResetError, Fault.LOST),
        (BrokenPipeError, Fault.LOST),
        (OSError, Fault.UNREACHABLE),
    ]
    return next(fault for kind, fault in kinds if isinstance(error, kind))
