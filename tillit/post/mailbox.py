"""The mailbox that bounces come to, read over IMAP. What people write to it is left as it is."""

import email
import imaplib
import ssl
from datetime import datetime, timedelta
from typing import cast

import structlog
from django.conf import settings

from tillit.post.bounces import Bounce, record
from tillit.post.hosts import call
from tillit.post.models import MailSettings
from tillit.post.reports import bounces_in

log = structlog.get_logger("tillit.post")

LOOKED_BACK = timedelta(days=7)
MOST, LARGEST = 200, 1_000_000


class Imap(imaplib.IMAP4_SSL):
    """Calls only whom it may."""

    def _create_socket(self, timeout: float | None) -> ssl.SSLSocket:
        line = call(self.host, self.port, timeout)
        secured: ssl.SSLSocket = self.ssl_context.wrap_socket(line, server_hostname=self.host)
        return secured


def is_set() -> bool:
    """Whether there is a mailbox to read."""
    return mailbox() is not None


def mailbox() -> dict[str, str | int] | None:
    if settings.TILLIT_BOUNCE_MAILBOX:
        return cast("dict[str, str | int]", settings.TILLIT_BOUNCE_MAILBOX)
    row = MailSettings.current()
    if not row.imap_host:
        return None
    return {
        "host": row.imap_host,
        "port": row.imap_port,
        "user": row.imap_user,
        "password": row.imap_password,
    }


def read_bounces(now: datetime) -> int:
    """Record the bounces that nobody has read yet; tells how many. Raises OSError or IMAP4.error."""
    where = mailbox()
    if where is None:
        return 0
    context, timeout = ssl.create_default_context(), settings.TILLIT_MAIL_TIMEOUT
    host, port = str(where["host"]), int(where["port"])
    with Imap(host, port, ssl_context=context, timeout=timeout) as imap:
        imap.login(str(where["user"]), str(where["password"]))
        imap.select("INBOX")
        return sum(record_one(imap, number, now) for number in reports(imap, now))


def reports(imap: imaplib.IMAP4, now: datetime) -> list[str]:
    """The unread mails of the last days that are delivery reports, the latest first."""
    since = imaplib.Time2Internaldate(now - LOOKED_BACK)[1:12].strip()
    asked = f'(UNSEEN SINCE {since} SMALLER {LARGEST} HEADER Content-Type "multipart/report")'
    _status, found = imap.search(None, asked)
    return cast("bytes", found[0] or b"").decode().split()[::-1][:MOST]


def record_one(imap: imaplib.IMAP4, number: str, now: datetime) -> int:
    """1 if it told of a mail of ours; then, or if nobody can read it, it counts as read."""
    _status, parts = imap.fetch(number, "(BODY.PEEK[])")
    content = next((part[1] for part in parts if isinstance(part, tuple)), b"")
    found = read(content)
    known = [record(bounce, now, trusted=False) for bounce in found or []]
    if found is None or any(known):
        imap.store(number, "+FLAGS", "(\\Seen)")
    return int(any(known))


def read(content: bytes) -> list[Bounce] | None:
    """The bounces in a mail; None for one that is so malformed that it can't be read."""
    try:
        return list(bounces_in(email.message_from_bytes(content)))
    except Exception:
        log.exception("a report that can't be read")
        return None
