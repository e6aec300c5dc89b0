"""The mail server and the sender of this installation: one row, edited in the browser."""

import secrets
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    return secrets.token_urlsafe(32)


class Security(models.TextChoices):
    STARTTLS = "starttls", _("STARTTLS (usually port 587)")
    TLS = "tls", _("TLS from the start (usually port 465)")
    NONE = "none", _("none (only within one machine)")


class MailSettings(models.Model):
    """What the environment does not say (see `tillit.post.server`)."""

    host = models.CharField(_("mail server"), max_length=253, blank=True)
    port = models.PositiveIntegerField(_("port"), default=587)
    security = models.CharField(
        _("security"), max_length=10, choices=Security.choices, default=Security.STARTTLS
    )
    user = models.CharField(_("user name"), max_length=254, blank=True)
    password = models.CharField(_("password"), max_length=254, blank=True)
    sender_address = models.CharField(_("sender address"), max_length=254, blank=True)
    sender_name = models.CharField(_("sender name"), max_length=120, blank=True)
    reply_to = models.CharField(_("replies go to"), max_length=254, blank=True)

    # The mailbox that bounces come to: the sender's own, unless it has another.
    imap_host = models.CharField(_("server of the mailbox (IMAP)"), max_length=253, blank=True)
    imap_port = models.PositiveIntegerField(_("port of the mailbox"), default=993)
    imap_user = models.CharField(_("user name of the mailbox"), max_length=254, blank=True)
    imap_password = models.CharField(_("password of the mailbox"), max_length=254, blank=True)
    # What a mail service calls us with when a mail comes back.
    bounce_token = models.CharField(max_length=64, default=new_token)

    class Meta:
        verbose_name = _("mail settings")
        verbose_name_plural = _("mail settings")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="post_mail_settings_one"),
            models.CheckConstraint(
                condition=models.Q(port__range=(1, 65535), imap_port__range=(1, 65535)),
                name="post_mail_settings_port",
            ),
        ]

    ONLY: ClassVar[int] = 1
    subject: ClassVar[str] = "mailsettings:1"  # how the activity names the one row
    about: ClassVar[str] = subject

    def __str__(self) -> str:
        return self.host

    @classmethod
    def current(cls) -> "MailSettings":
        """The row, or an empty one that can be saved."""
        return cls.objects.filter(pk=cls.ONLY).first() or cls(pk=cls.ONLY)
