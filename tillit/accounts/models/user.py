"""The user: who signs in, and nothing else. Who a user is in the world is told by the register."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _

from tillit.accounts.addresses import folded


def new_stamp() -> str:
    return get_random_string(22)


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, email: str | None = None, password: str | None = None, *, language: str = ""
    ) -> "User":
        user = self.model(email=folded(email) if email else None, language=language)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A sign-in. `email` is the main one of its own addresses, which are rows of allauth's.

    Somebody who signs in only by the address of a function has none.
    """

    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    language = models.CharField(
        _("language of mails"), max_length=10, choices=settings.LANGUAGES, blank=True
    )
    second_step = models.BooleanField(_("always in two steps"), default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Part of what keeps a session alive: a new one ends all.
    stamp = models.CharField(max_length=22, default=new_stamp, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.email or f"#{self.pk}"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must carry. It changes with the password, as Django has it, and the stamp."""
        lasts = f"{self.password}{self.stamp}"
        return salted_hmac("tillit.accounts.session", lasts, secret, algorithm="sha256").hexdigest()
