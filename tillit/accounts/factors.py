"""What a user has besides the mail box: an app, passkeys, reserve codes."""

from collections.abc import Sequence
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from tillit.accounts.models import User


@dataclass(frozen=True)
class Factors:
    app: Authenticator | None
    passkeys: Sequence[Authenticator]
    reserve: Authenticator | None

    @property
    def any(self) -> bool:
        """Whether there is something for a second step; reserve codes alone are nothing."""
        return bool(self.app or self.passkeys)

    @property
    def reserve_left(self) -> int:
        return len(self.reserve.wrap().get_unused_codes()) if self.reserve else 0


def factors_of(user: User) -> Factors:
    """All in one question."""
    rows = list(Authenticator.objects.filter(user=user).order_by("pk"))
    of = {kind: [row for row in rows if row.type == kind] for kind in Authenticator.Type}
    return Factors(
        app=next(iter(of[Authenticator.Type.TOTP]), None),
        passkeys=of[Authenticator.Type.WEBAUTHN],
        reserve=next(iter(of[Authenticator.Type.RECOVERY_CODES]), None),
    )


def turn_on_app(user: User, secret: str) -> None:
    with transaction.atomic():
        TOTP.activate(user, secret)
        RecoveryCodes.activate(user)


def new_reserve_codes(user: User) -> list[str]:
    """Codes for a paper in a drawer, in place of earlier ones."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
        codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes


def remove(user: User, factor: Authenticator) -> bool:
    """Take a factor away, unless it is the last one of who always takes two steps.

    Reserve codes go with the last factor.
    """
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        others = Authenticator.objects.filter(user=user).exclude(pk=factor.pk)
        remain = others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
        if locked.second_step and not remain:
            return False
        Authenticator.objects.filter(pk=factor.pk).delete()
        if not remain:
            others.delete()
    return True
