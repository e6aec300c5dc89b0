"""What is left to do before the installation is all that it should be: on the administrators' desk."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.accounts.models import User
from tillit.accounts.steps import has_factor
from tillit.kit.demo import is_demo
from tillit.kit.forms import Text
from tillit.register.choices import Extent, Side
from tillit.site.state import State
from tillit.site.steps import STEPS, Step


@dataclass(frozen=True)
class Left:
    """Something that is not done yet: what, what doesn't work meanwhile, and where it is done."""

    title: Text
    text: Text
    url: str
    side: str = ""


FIRST_OF = {
    Side.CIVIL: _("Invite the first person to the secretariat of the civil side"),
    Side.PUBLIC: _("Invite the first person to the secretariat of the public side"),
}
SECOND_WAY = _("A second way to sign in")
WITHOUT_MAIL = _("With a passkey or a password you get in also when mail doesn't work.")
UNTIL_THEN = _("Until then nobody looks after the side's organisations here.")


def left(state: State) -> list[Left]:
    steps = (step for step in STEPS if not step.is_done(state))
    return [
        *(Left(step.title, missing(step, state), step.settings_url) for step in steps),
        *invitations(state),
    ]


def second_way(user: User) -> list[Left]:
    """A way in that needs no mail: for when the mail server is set wrongly, or stands still."""
    if is_demo() or user.has_usable_password() or has_factor(user):
        return []
    return [Left(SECOND_WAY, WITHOUT_MAIL, reverse("account_settings"))]


def missing(step: Step, state: State) -> Text:
    """What doesn't work as long as the step isn't done; nothing when it is."""
    return "" if step.is_done(state) else step.may_wait or step.lede


def invitations(state: State) -> list[Left]:
    """The sides whose secretariats have nobody in them, and nobody asked."""
    return list(_invitations(state))


def _invitations(state: State) -> Iterator[Left]:
    for side in Side:
        keeper = state.keeper(side)
        if keeper and not state.is_peopled(side):
            yield Left(FIRST_OF[side], UNTIL_THEN, invitation_url(keeper), side=side)


def invitation_url(keeper: str) -> str:
    """The form in which the first person of a secretariat is asked."""
    return f"{reverse('register:invite', args=[keeper])}?extent={Extent.SECRETARIAT}"
