"""What is left to do before the installation is all that it should be: on the administrators' desk."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.accounts.models import User
from tillit.accounts.steps import has_factor
from tillit.kit.demo import is_demo
from tillit.kit.forms import Text
from tillit.register.choices import Extent, Side
from tillit.register.models import Invitation
from tillit.site.state import State
from tillit.site.steps import STEPS, Step


@dataclass(frozen=True)
class Left:
    """Something that is not done yet: what, what doesn't work meanwhile, and where it is done."""

    title: Text
    text: Text
    url: str
    side: str = ""
    action: Text = ""  # the word of the button, if it has one of its own


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


def invitations(state: State, came_from: str = "") -> list[Left]:
    """The sides whose secretariats have nobody in them, and whether somebody has been asked."""
    return list(_invitations(state, came_from))


def _invitations(state: State, came_from: str) -> Iterator[Left]:
    for side in Side:
        keeper = state.keeper(side)
        if not keeper or state.is_peopled(side):
            continue
        if asked := state.asked(side):
            url = reverse("register:secretariats")
            yield Left(FIRST_OF[side], how_it_goes(asked), url, side=side, action=_("See"))
        else:
            yield Left(FIRST_OF[side], UNTIL_THEN, invitation_url(keeper, came_from), side=side)


def how_it_goes(asked: Invitation) -> str:
    """How far an invitation has come that nobody has answered."""
    words = {"name": asked.name, "address": asked.email}
    if asked.is_lost:
        said = _now(
            "The mail to %(address)s did not arrive. Send it again, or ask at another address."
        )
    elif asked.is_open(timezone.now()):
        said = _now("%(name)s, %(address)s, has been invited and has not answered yet.")
    else:
        said = _now("%(name)s, %(address)s, did not answer in time. Send it again.")
    return said % words


def invitation_url(keeper: str, came_from: str = "") -> str:
    """The form in which the first person of a secretariat is asked, and where it leads back to."""
    asked = {"extent": Extent.SECRETARIAT.value, **({"next": came_from} if came_from else {})}
    return f"{reverse('register:invite', args=[keeper])}?{urlencode(asked)}"
